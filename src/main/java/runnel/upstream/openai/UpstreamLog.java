package runnel.upstream.openai;

import java.util.List;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import runnel.chat.FaultLog;
import runnel.chat.Secret;

/// Keeps an upstream's own words for whoever runs the server, made safe: one short line without any key.
final class UpstreamLog {
    private static final Logger LOG = LoggerFactory.getLogger("runnel.upstream");
    private static final int MAX = 500;

    /// Servers repeat the key that they refuse, some of them masked in the middle.
    private static final Pattern KEY_LIKE = Pattern.compile("(?i)(bearer\\s+|\\bsk-|\\bkey[-_])[^\\s\"',}]+");

    /// Line breaks would forge log lines; escape sequences and bidirectional marks would act on a terminal.
    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cntrl}\\p{Cf}\\p{Zl}\\p{Zp}]+");

    /// So many different things that a server says of a kind are told in a minute.
    private static final int VARIETIES = 8;

    private final FaultLog log = new FaultLog(LOG::warn);
    private final String server;
    private final SecretFilter secrets;

    /// @param server where it is
    UpstreamLog(String server, List<Secret> secrets) {
        this.server = server;
        this.secrets = SecretFilter.of(secrets);
    }

    void refusal(ErrorResponse errorResponse) {
        tell("The model server " + server + " answered with status " + errorResponse.status(), errorResponse.errorBody().text());
    }

    void complaint(ErrorBody errorBody) {
        tell("The model server " + server + " reported an error in its answer", errorBody.code() + " " + errorBody.text());
    }

    void failure(Throwable failure) {
        tell("The connection to the model server " + server + " failed", failure.toString());
    }

    /// Whoever asks can bring a server to say something else each time.
    private void tell(String what, String words) {
        var said = safe(words);
        log.tell(what + Math.floorMod(said.hashCode(), VARIETIES), what + ": " + said);
    }

    String safe(String text) {
        String keyless = secrets.masked(text);
        // What follows costs time in proportion to what an upstream chose to send.
        String start = keyless.substring(0, Math.min(keyless.length(), 2 * MAX));
        String line = UNPRINTABLE.matcher(KEY_LIKE.matcher(start).replaceAll("***")).replaceAll(" ").strip();
        return line.length() > MAX ? line.substring(0, MAX) + "…" : line;
    }
}
