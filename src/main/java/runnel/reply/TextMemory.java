package runnel.reply;

/// The memory for the texts of all replies that run or are read: a share of the heap. A reply's first text is not counted, so that an
/// ordinary one always has room; a long one may take as much as it leaves for all others (Choudhury and Hahne's dynamic thresholds,
/// by which the ports of a switch share its buffer), so that however many there are, none of them takes the last.
final class TextMemory {
    static final TextMemory SHARED = new TextMemory(Runtime.getRuntime().maxMemory() / 4);
    /// What each reply has for nothing, in bytes.
    static final int FREE = 32 << 10;
    private static final int STEP = 64 << 10;

    private long left;

    /// @param size in bytes
    TextMemory(long size) {
        this.left = size;
    }

    synchronized long left() {
        return left;
    }

    Share share() {
        return new Share();
    }

    private synchronized boolean take(long own, long more) {
        boolean fits = own + more <= left - more;
        left -= fits ? more : 0;
        return fits;
    }

    private synchronized void giveBack(long bytes) {
        left += bytes;
    }

    /// What one reply takes.
    final class Share implements AutoCloseable {
        private long taken;
        private boolean refused;

        /// Takes the room for so many bytes in all. Where there was none there is none any more, so that nothing follows a piece that
        /// is missing.
        synchronized boolean grow(long bytes) {
            long missing = bytes - FREE - taken;
            if (!refused && missing > 0) {
                long more = Math.max(STEP, missing);
                refused = !take(taken, more);
                taken += refused ? 0 : more;
            }
            return !refused;
        }

        /// The text has left memory.
        @Override
        public synchronized void close() {
            giveBack(taken);
            taken = 0;
            refused = true;
        }
    }
}
