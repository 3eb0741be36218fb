package runnel;

/// Keeps the heap in proportion to what is alive in it, as Go's collector does by default (GOGC=100).
///
/// The serial collector lets its old generation grow up to the limit of the heap, a quarter of the machine's memory, before
/// it looks there at all; a server that is busy all day would fill that with texts that nobody needs any more.
final class Heap {
    private final long slack;
    private long alive = used();

    /// @param slack how many bytes of garbage are nothing to stop for
    Heap(long slack) {
        this.slack = slack;
    }

    /// Collects all garbage where there may be more of it than of what is alive. That stops all threads, for some milliseconds
    /// or, with thousands of open streams, for some tenths of a second.
    ///
    /// @return whether it was time for that
    boolean tidy() {
        boolean due = used() > 2 * alive + slack;
        if (due) {
            System.gc();
            alive = used();
        }
        return due;
    }

    static long used() {
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
