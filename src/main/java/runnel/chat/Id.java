package runnel.chat;

import java.security.SecureRandom;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/// Makes the ids of everything that is stored.
public final class Id {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final AtomicLong LAST = new AtomicLong();

    private Id() {}

    /// A UUID of version 7 (RFC 9562, 5.7 and 6.2, method 3): the ids of one process sort in the order of their making,
    /// even when the clock is set back, and carry 62 random bits.
    public static String next() {
        long now = System.currentTimeMillis() << 12 | RANDOM.nextInt(1 << 12);
        long stamp = LAST.updateAndGet(last -> Math.max(last + 1, now));
        long high = stamp >>> 12 << 16 | 0x7000 | stamp & 0xfff;
        long low = RANDOM.nextLong() & 0x3fff_ffff_ffff_ffffL | 0x8000_0000_0000_0000L;
        return new UUID(high, low).toString();
    }

    /// Makes all later ids sort behind one that an earlier process made, whose clock may have been ahead of this one's:
    /// messages are in the order of their ids.
    public static void follow(String id) {
        long high = UUID.fromString(id).getMostSignificantBits();
        long stamp = high >>> 16 << 12 | high & 0xfff;
        LAST.accumulateAndGet(stamp, Math::max);
    }

    /// A name for the text of a new reply: see [Cursor#epoch] and [Reply#generation]. It has 53 bits, of which 43 are random, so that
    /// a foreign cursor does not fit by chance.
    public static long epoch() {
        return RANDOM.nextLong() >>> 21 << Reply.GENERATION_BITS;
    }
}
