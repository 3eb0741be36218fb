package runnel.web.http;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;

/// Logs faults so that no visitor can fill the log. A fault's kind is its class and the place that threw it: each kind is written
/// at most once a minute, with a bounded number of frames, and with how many of it were left out since.
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
    private final Logger log;
    private final LongSupplier clock;

    private record Kind(long written, int leftOut) {}

    public FaultLog(Logger log) {
        this(log, System::nanoTime);
    }

    FaultLog(Logger log, LongSupplier clock) {
        this.log = log;
        this.clock = clock;
    }

    public void error(String sentence, Throwable fault) {
        int leftOut = due(kind(fault));
        if (leftOut >= 0) {
            log.error("{}{}{}", sentence, leftOut == 0 ? "" : " (" + leftOut + " more like it since the last entry)", text(fault));
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
