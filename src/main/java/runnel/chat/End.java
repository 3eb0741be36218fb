package runnel.chat;

import java.util.Optional;

/// How a reply ended: the contents of its `stop` event.
///
/// @param status       anything but [Status#STREAMING]
/// @param finishReason the model's own word, e.g. `stop` or `length`; without one a reply is never `COMPLETE`
/// @param error        why, where the reply `FAILED`
public record End(Status status, Optional<String> finishReason, Optional<Usage> usage, Optional<Problem> error) {
    public static End of(Status status) {
        return new End(status, Optional.empty(), Optional.empty(), Optional.empty());
    }

    public static End failed(Problem problem) {
        return new End(Status.FAILED, Optional.empty(), Optional.empty(), Optional.of(problem));
    }
}
