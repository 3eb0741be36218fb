package runnel.upstream.openai;

import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import runnel.chat.Secret;

/// Keeps an upstream's own words for whoever runs the server, made safe: one short line without any key.
final class UpstreamLog {
    private static final Logger LOG = LoggerFactory.getLogger("runnel.upstream");
    private static final int MAX = 500;

    /// Servers repeat the key that they refuse, some of them masked in the middle.
    private static final Pattern KEY_LIKE = Pattern.compile("(?i)(bearer\\s+|\\bsk-|\\bkey[-_])[^\\s\"',}]+");

    /// Line breaks would forge log lines; escape sequences and bidirectional marks would act on a terminal.
    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cntrl}\\p{Cf}\\p{Zl}\\p{Zp}]+");

    private static final Duration AGAIN = Duration.ofMinutes(1);

    private final String server;
    private final SecretFilter secrets;
    private String lastFailure = "";
    private long lastNanos;

    /// @param server where it is
    UpstreamLog(String server, List<Secret> secrets) {
        this.server = server;
        this.secrets = SecretFilter.of(secrets);
    }

    void refusal(ErrorResponse errorResponse) {
        LOG.warn("The model server {} answered with status {}: {}", server, errorResponse.status(), safe(errorResponse.errorBody().text()));
    }

    void complaint(ErrorBody errorBody) {
        LOG.warn("The model server {} reported an error in its answer: {}", server, safe(errorBody.code() + " " + errorBody.text()));
    }

    /// A server that stays away says the same each time that somebody asks which models there are: that is written once a minute.
    void failure(Throwable failure) {
        String said = safe(failure.toString());
        long now = System.nanoTime();
        synchronized (this) {
            if (said.equals(lastFailure) && now - lastNanos < AGAIN.toNanos()) {
                return;
            }
            lastFailure = said;
            lastNanos = now;
        }
        LOG.warn("The connection to the model server {} failed: {}", server, said);
    }

    String safe(String text) {
        String keyless = secrets.masked(text);
        // What follows costs time in proportion to what an upstream chose to send.
        String start = keyless.substring(0, Math.min(keyless.length(), 2 * MAX));
        String line = UNPRINTABLE.matcher(KEY_LIKE.matcher(start).replaceAll("***")).replaceAll(" ").strip();
        return line.length() > MAX ? line.substring(0, MAX) + "…" : line;
    }
}
