package runnel.chat;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/// Writes what others can bring about, such that nobody fills the log with it: each kind at most once a minute, in a bounded number of
/// lines, and with how many of it were left out since. A fault's kind is its class and the place that threw it.
public final class FaultLog {
    private static final long QUIET_NANOS = TimeUnit.MINUTES.toNanos(1);
    private static final int MAX_KINDS = 100;
    private static final int MAX_FRAMES = 16;
    private static final int MAX_CAUSES = 4;
    private static final int MAX_MESSAGE = 300;

    private final Map<String, Kind> kinds = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Kind> eldest) {
            return size() > MAX_KINDS;
        }
    };
    private final Consumer<String> log;
    private final LongSupplier clock;

    private record Kind(long written, int leftOut) {}

    public FaultLog(Consumer<String> log) {
        this(log, System::nanoTime);
    }

    FaultLog(Consumer<String> log, LongSupplier clock) {
        this.log = log;
        this.clock = clock;
    }

    /// Does what others wait behind: whatever it throws, an `Error` too, ends nothing but the act itself.
    public void guard(Runnable act) {
        try {
            act.run();
        } catch (RuntimeException | Error fault) {
            try {
                tell("Something that goes on failed this time.", fault);
            } catch (RuntimeException | Error noRoom) {
                // then the log has no room for it either
            }
        }
    }

    public void tell(String sentence, Throwable fault) {
        tell(kind(fault), sentence, text(fault));
    }

    /// @param kind of which there are few, whatever others do
    public void tell(String kind, String sentence) {
        tell(kind, sentence, "");
    }

    private void tell(String kind, String sentence, String more) {
        int leftOut = due(kind);
        if (leftOut >= 0) {
            log.accept(sentence + (leftOut == 0 ? "" : " (" + leftOut + " more like it since the last entry)") + more);
        }
    }

    /// @return how many of the kind were left out, or -1 where this one is left out too
    private synchronized int due(String kind) {
        long now = clock.getAsLong();
        var before = kinds.get(kind);
        if (before != null && now - before.written < QUIET_NANOS) {
            kinds.put(kind, new Kind(before.written, before.leftOut + 1));
            return -1;
        }
        kinds.put(kind, new Kind(now, 0));
        return before == null ? 0 : before.leftOut;
    }

    private static String kind(Throwable fault) {
        var frames = fault.getStackTrace();
        return fault.getClass().getName() + (frames.length == 0 ? "" : frames[0]);
    }

    private static String text(Throwable fault) {
        var text = new StringBuilder();
        var next = fault;
        for (int depth = 0; next != null && depth < MAX_CAUSES; depth++, next = next.getCause()) {
            var message = String.valueOf(next.getMessage());
            text.append(depth == 0 ? "\n" : "\nCaused by: ").append(next.getClass().getName()).append(": ")
                    .append(message, 0, Math.min(MAX_MESSAGE, message.length()));
            var frames = next.getStackTrace();
            for (int i = 0; i < Math.min(MAX_FRAMES, frames.length); i++) {
                text.append("\n\tat ").append(frames[i]);
            }
        }
        return text.toString();
    }
}
