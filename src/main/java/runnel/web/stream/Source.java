package runnel.web.stream;

import java.util.Optional;

/// The events behind one reader's place, and the only way in which anything is read: a reply or a user's notifications, live or
/// stored, first visit or return, fast or slow. [#next] and [#done] belong to one thread at a time and do not block.
public interface Source<E> {
    /// The id of the reply that it reads, which has only so many readers; nothing of notifications.
    Optional<String> reply();

    /// Takes the memory of what is read ([runnel.reply.ReplyText#held]), where that is more than what comes next.
    ///
    /// @return gives it back
    default Runnable held() {
        return () -> {};
    }

    /// The next event behind the place, which moves on; or null where there is none yet.
    E next();

    /// Whether nothing will ever follow.
    boolean done();

    /// The place that was reached, as the reader may write it.
    Optional<String> cursor();

    /// Runs `wake` whenever there may be more, on whatever thread brings it.
    void listen(Runnable wake);

    /// Ends [#listen].
    ///
    /// @param wake what it was given
    /// @param gone whether the reader has left of its own accord, or takes nothing any more
    void leave(Runnable wake, boolean gone);
}
