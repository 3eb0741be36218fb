package runnel.upstream;

/// One question on its way. It is asked at most once.
public interface Call {
    /// Asks, and hands every piece of the answer to `sink` on the calling thread until the answer ends.
    /// Whatever the upstream does is an [Outcome], never an exception; only what `sink` throws comes through.
    Outcome stream(Sink sink);

    /// Closes the upstream connection, from any thread, at any time and any number of times. A running
    /// [#stream] then returns [Outcome.Cancelled] soon; one that has not begun returns it without asking.
    void cancel();
}
