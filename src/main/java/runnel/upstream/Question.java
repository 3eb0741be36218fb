package runnel.upstream;

import java.util.List;
import java.util.Optional;
import runnel.chat.Role;
import runnel.chat.Turn;

/// What a model is asked.
///
/// @param turns     the system message first, where there is one, then the chat; where the last turn is the assistant's,
///                  the model is asked to go on with it, and only what is new is handed out
/// @param maxTokens the cap on the answer, in the model's tokens
/// @param effort    how much the model is to think first, in OpenAI's words
/// @param request   how else to answer: see [runnel.chat.Asked#request]
public record Question(String model, List<Turn> turns, Optional<Double> temperature, Optional<Long> maxTokens, Optional<String> effort,
        Optional<String> request) {
    public Question(String model, List<Turn> turns, Optional<Double> temperature, Optional<Long> maxTokens) {
        this(model, turns, temperature, maxTokens, Optional.empty(), Optional.empty());
    }

    public Question {
        turns = List.copyOf(turns);
    }

    public Question named(String other) {
        return new Question(other, turns, temperature, maxTokens, effort, request);
    }

    public boolean resumes() {
        return !turns.isEmpty() && turns.getLast().role() == Role.ASSISTANT;
    }
}
