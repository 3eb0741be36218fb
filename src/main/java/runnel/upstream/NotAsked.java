package runnel.upstream;

import java.util.Optional;
import runnel.chat.Problem;

/// A question that no server is asked.
///
/// @param why what whoever waits for the answer is told
public record NotAsked(Problem why) implements Call {
    @Override
    public Outcome stream(Sink sink) {
        return new Outcome.Failed(why, Optional.empty());
    }

    @Override
    public void cancel() {
        // nothing runs
    }
}
