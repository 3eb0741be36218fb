package runnel.upstream.openai;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;
import okio.Buffer;
import okio.BufferedSource;
import okio.Okio;
import runnel.chat.Problem;
import runnel.chat.Usage;
import runnel.upstream.UpstreamException;

/// The bytes of an answer as they come, but for secrets.
final class RelayedBody {
    private static final int PIECE = 8 << 10;
    private static final long MAX_BYTES = 256 << 20;
    private static final Problem TOO_LONG = new Problem("upstream-oversized", 502, "The answer is too long",
            "The model server sent more than 256 MB, so the answer was ended here.");
    private static final Pattern DONE = Pattern.compile("data: ?\\[DONE]\\s*\\z");
    private static final int DONE_LENGTH = 20;

    private final UsageScanner usage = new UsageScanner();
    private final SecretFilter secrets;
    private final BufferedSource source;
    /// Where it is a stream of events.
    private final Optional<MeteredBody> events;
    private boolean done;
    private long passed;

    private RelayedBody(SecretFilter secrets, BufferedSource source, Optional<MeteredBody> events) {
        this.secrets = secrets;
        this.source = source;
        this.events = events;
    }

    static RelayedBody of(String text, SecretFilter secrets) {
        return new RelayedBody(secrets, new Buffer().writeUtf8(text), Optional.empty());
    }

    /// Waits for the first byte, except of what is labelled as a stream, where that may take long.
    ///
    /// @param responses the model, where it is an answer of the Responses API
    /// @throws UpstreamException where it is nothing that a client of the API could read
    static RelayedBody of(MeteredBody body, String type, SecretFilter secrets, Optional<String> responses) throws IOException {
        var source = Okio.buffer(body);
        boolean events = type.startsWith("text/event-stream") || switch (MeteredBody.kind(source)) {
            case EVENTS -> true;
            case JSON -> false;
            case PAGE -> throw new UpstreamException(UpstreamProblems.PAGE);
            case BINARY -> throw new UpstreamException(UpstreamProblems.PACKED);
            case NOTHING -> throw new UpstreamException(UpstreamProblems.EMPTY);
        };
        var chat = responses.map(model -> ResponseAsChat.of(source, events, model)).orElse(source);
        return new RelayedBody(secrets, chat, Optional.of(body).filter(_ -> events));
    }

    boolean isEvents() {
        return events.isPresent();
    }

    /// @return what came, or nothing at the end
    byte[] next() throws IOException {
        var piece = done ? new byte[0] : read();
        usage.pass(piece);
        return piece;
    }

    private byte[] read() throws IOException {
        while (source.request(1)) { // before there is anything, it needs no room
            var read = source.getBuffer().readByteArray(Math.min(PIECE, source.getBuffer().size()));
            passed += read.length;
            if (passed > MAX_BYTES) {
                throw new UpstreamException(TOO_LONG);
            }
            var piece = secrets.pass(read);
            events.ifPresent(body -> look(body, new String(piece, StandardCharsets.ISO_8859_1)));
            if (piece.length > 0) {
                return piece;
            }
        }
        done = true;
        return secrets.rest();
    }

    /// Some servers keep the connection open behind the last event.
    private void look(MeteredBody body, String piece) {
        if (piece.indexOf('\n') >= 0) {
            body.eventWasRead();
        }
        done = DONE.matcher(piece.substring(Math.max(0, piece.length() - DONE_LENGTH))).find();
    }

    /// What it cost, as far as it was told.
    Optional<Usage> usage() {
        return usage.usage();
    }
}
