package runnel.web.http;

import java.util.concurrent.Semaphore;
import runnel.chat.Problem;
import runnel.chat.Refused;

/// The memory that one large body takes while it is read and understood, out of what there is for all of them: a share of the
/// heap. Many at once are refused then, where they would have brought the server down. A small body takes none.
final class BodyMemory implements AutoCloseable {
    static final int PIECE = 64 << 10;
    /// A body is held twice while it grows, and its parts may take as much again.
    private static final int SHARE = 8;
    private static final Semaphore PIECES = new Semaphore((int) Math.min(Integer.MAX_VALUE, Runtime.getRuntime().maxMemory() / SHARE / PIECE));

    private int taken;

    /// Has room for a body that has grown so far.
    ///
    /// @throws Refused where others take all there is
    void grow(int bytes) {
        int more = bytes / PIECE - taken;
        if (more > 0) {
            if (!PIECES.tryAcquire(more)) {
                throw new Refused(new Problem("busy", 503, "Busy", "Too many large requests are being sent at once. Try again in a moment."));
            }
            taken += more;
        }
    }

    @Override
    public void close() {
        PIECES.release(taken);
    }
}
