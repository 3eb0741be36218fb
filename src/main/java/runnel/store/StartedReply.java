package runnel.store;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import runnel.chat.Reply;
import runnel.chat.Sampling;
import runnel.chat.Snapshot;
import runnel.chat.Turn;

/// A reply that is in the database as running, and has one writer from now on.
///
/// @param text   what it begins with: nothing, unless it is continued
/// @param sampling what was chosen for it
/// @param system the chat's first message
/// @param path   the conversation that leads to it, where that is known without looking
/// @param beside others to the same prompt that were started with it
public record StartedReply(Reply reply, Snapshot text, Sampling sampling, String system, Optional<List<Turn>> path,
        List<StartedReply> beside) {
    public StartedReply(Reply reply, Snapshot text, Sampling sampling, String system, Optional<List<Turn>> path) {
        this(reply, text, sampling, system, path, List.of());
    }

    /// What was started with other replies beside it, which differ in nothing but the reply.
    StartedReply with(List<Reply> others) {
        return new StartedReply(reply, text, sampling, system, path,
                others.stream().map(other -> new StartedReply(other, text, sampling, system, path)).toList());
    }

    public Stream<StartedReply> all() {
        return Stream.concat(Stream.of(this), beside.stream());
    }
}
