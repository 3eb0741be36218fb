package runnel.upstream.openai;

import java.io.IOException;
import java.util.Optional;
import okio.Buffer;
import okio.BufferedSource;

/// The JSON objects that a body consists of, each as soon as its last bracket is there: a single one, one behind the other, or
/// in an array. What is no JSON is left in the source, `[DONE]` too.
final class JsonObjects {
    private static final String BETWEEN = " \t\r\n,[]\u001e"; // the last in sequences of JSON (RFC 7464)

    private final BufferedSource source;
    private int arrays;

    JsonObjects(BufferedSource source) {
        this.source = source;
    }

    /// The next one, or half of one where the body ends in it.
    Optional<String> next() throws IOException {
        while (source.request(1)) {
            int first = source.getBuffer().getByte(0);
            if (first == '{') {
                return Optional.of(object());
            }
            if (BETWEEN.indexOf(first) < 0 || first == '[' && source.request(2) && Character.isLetter(source.getBuffer().getByte(1))) {
                return Optional.empty();
            }
            arrays += first == '[' ? 1 : first == ']' ? -1 : 0;
            source.skip(1);
        }
        return Optional.empty();
    }

    /// Whether an array was not closed.
    boolean isCut() {
        return arrays > 0;
    }

    private String object() throws IOException {
        var object = new Buffer();
        var brackets = new JsonBrackets();
        byte next;
        do {
            next = source.readByte();
            object.writeByte(next);
        } while (!brackets.closeWith(next) && !source.exhausted());
        return object.readUtf8();
    }
}
