package runnel.upstream;

import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import runnel.chat.Role;
import runnel.chat.Turn;

/// What a model is asked.
///
/// @param turns     the system message first, where there is one, then the chat; where the last turn is the assistant's,
///                  the model is asked to go on with it, and only what is new is handed out
/// @param maxTokens the cap on the answer, in the model's tokens
public record Question(String model, List<Turn> turns, OptionalDouble temperature, OptionalLong maxTokens) {
    public Question {
        turns = List.copyOf(turns);
    }

    public boolean resumes() {
        return !turns.isEmpty() && turns.getLast().role() == Role.ASSISTANT;
    }
}
