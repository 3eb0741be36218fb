package runnel.web.http;

import static java.util.Comparator.comparing;
import static java.util.Comparator.comparingDouble;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import runnel.chat.Refused;

/// How many files may be on their way at once. Where that many are, a newcomer takes the place of one that comes slowly, or whose sender
/// has more of them: the slowest of whoever has most. What is fast enough for long grows, so that no place is held for hours.
public final class FileSeats {
    private static final Duration GRACE = Duration.ofSeconds(5);
    private static final double SLOW_BYTES_PER_SECOND = 50_000;

    private final List<Seat> coming = new ArrayList<>();
    private final int most;
    private final Duration grace;
    private int taken;

    public FileSeats(int most) {
        this(most, GRACE);
    }

    /// @param grace how long a file may be slow
    FileSeats(int most, Duration grace) {
        this.most = most;
        this.grace = grace;
    }

    /// @param giveUp ends the request that the file belongs to
    /// @throws Refused where no place is free, nor can be made so
    synchronized Seat take(String sender, Runnable giveUp) {
        if (taken == most) {
            var loser = coming.stream().filter(seat -> seat.isSlow() || count(seat.sender) > count(sender) + 1)
                    .max(comparing((Seat seat) -> count(seat.sender)).thenComparing(comparingDouble(Seat::bytesPerSecond).reversed()))
                    .orElseThrow(() -> new Refused("too-many-uploads", 503, "Too many uploads",
                            "As many files are being sent as the server takes. Try again in a moment."));
            loser.close();
            loser.giveUp.run();
        }
        var seat = new Seat(sender, giveUp);
        coming.add(seat);
        taken++;
        return seat;
    }

    private long count(String sender) {
        return coming.stream().filter(seat -> seat.sender.equals(sender)).count();
    }

    /// What one file takes until it was used.
    final class Seat implements AutoCloseable {
        private final long began = System.nanoTime();
        private final String sender;
        private final Runnable giveUp;
        private volatile long bytes;
        private boolean over;

        private Seat(String sender, Runnable giveUp) {
            this.sender = sender;
            this.giveUp = giveUp;
        }

        /// So much of it has come.
        void came(long bytes) {
            this.bytes = bytes;
        }

        /// It has come whole, and its place is not taken any more.
        void arrived() {
            synchronized (FileSeats.this) {
                coming.remove(this);
            }
        }

        private double seconds() {
            return (System.nanoTime() - began) / 1e9;
        }

        private double bytesPerSecond() {
            return bytes / seconds();
        }

        private boolean isSlow() {
            return seconds() >= grace.toSeconds() && bytesPerSecond() < SLOW_BYTES_PER_SECOND * Math.max(1, seconds() / 60);
        }

        @Override
        public void close() {
            synchronized (FileSeats.this) {
                coming.remove(this);
                if (!over) {
                    over = true;
                    taken--;
                }
            }
        }
    }
}
