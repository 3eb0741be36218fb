package runnel.upstream.openai;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import okio.Buffer;
import okio.BufferedSource;
import okio.ByteString;
import okio.ForwardingSource;

/// Server-sent events as okhttp-sse reads them, of what servers send in their place: events that no empty line ends (one line
/// feed between them, or the end of the stream), an error in a field of its own or as JSON without a field's name, white space
/// before a field's name; lines may end in any of the three ways.
///
/// An event's data is JSON here, so it ends where the JSON does. JSON in several lines of data stays one event.
final class EventLines extends ForwardingSource {
    private static final ByteString LINE_END = ByteString.encodeUtf8("\r\n");
    private static final byte[] DATA = field("data:");
    private static final byte[] ERROR = field("error:");
    private static final List<byte[]> OTHERS = List.of(field("event:"), field("id:"), field("retry:"), field(":"));
    private static final int ENOUGH_TO_LOG = 500;

    private final BufferedSource lines;
    private final Buffer ready = new Buffer();
    private String foreign = "";
    private boolean hasFields;
    private boolean behindReturn;
    /// How many brackets of the data so far are open.
    private int depth;

    EventLines(BufferedSource lines) {
        super(lines);
        this.lines = lines;
    }

    /// The beginning of what came, where it was no event at all.
    Optional<String> plainText() {
        return Optional.of(foreign).filter(text -> !hasFields && !text.isEmpty());
    }

    @Override
    public long read(Buffer sink, long byteCount) throws IOException {
        while (ready.exhausted()) {
            long end = lines.indexOfElement(LINE_END);
            if (end < 0) {
                last(lines.readByteArray());
                return ready.read(sink, byteCount);
            }
            byte[] line = lines.readByteArray(end);
            byte ending = lines.readByte();
            if (!behindReturn || ending != '\n' || line.length > 0) {
                line(line);
            }
            behindReturn = ending == '\r';
        }
        return ready.read(sink, byteCount);
    }

    /// A last line that nothing ends is an event where it is whole. Else the connection broke, which okhttp-sse tells by it.
    private void last(byte[] line) {
        if (line.length > 0) {
            line(line);
            if (depth > 0) {
                ready.clear();
                ready.write(line);
            }
        }
    }

    private void line(byte[] line) {
        int start = 0;
        while (start < line.length && (line[start] == ' ' || line[start] == '\t')) {
            start++;
        }
        if (start == line.length) {
            depth = 0;
            ready.writeByte('\n');
        } else if (begins(line, start, DATA)) {
            data(line, start + DATA.length);
        } else if (begins(line, start, ERROR)) {
            ready.writeUtf8("event: error\n");
            data(line, start + ERROR.length);
        } else if (line[start] == '{' && depth == 0 && brackets(line, start) == 0) {
            data(line, start);
        } else if (isOther(line, start)) {
            hasFields = true;
            ready.write(line, start, line.length - start).writeByte('\n');
        } else if (foreign.isEmpty()) {
            foreign = new String(line, start, Math.min(ENOUGH_TO_LOG, line.length - start), StandardCharsets.UTF_8);
        }
    }

    private void data(byte[] line, int from) {
        hasFields = true;
        depth += brackets(line, from);
        ready.writeUtf8("data:").write(line, from, line.length - from).writeByte('\n');
        if (depth <= 0) {
            depth = 0;
            ready.writeByte('\n');
        }
    }

    private static boolean isOther(byte[] line, int at) {
        return OTHERS.stream().anyMatch(field -> begins(line, at, field));
    }

    private static byte[] field(String name) {
        return name.getBytes(StandardCharsets.US_ASCII);
    }

    private static boolean begins(byte[] line, int at, byte[] name) {
        return line.length - at >= name.length && Arrays.equals(line, at, at + name.length, name, 0, name.length);
    }

    /// How many more brackets are opened than closed, outside of strings.
    private static int brackets(byte[] line, int from) {
        int open = 0;
        boolean quoted = false;
        for (int i = from; i < line.length; i++) {
            switch (line[i]) {
                case '"' -> quoted = !quoted;
                case '\\' -> i += quoted ? 1 : 0;
                case '{', '[' -> open += quoted ? 0 : 1;
                case '}', ']' -> open -= quoted ? 0 : 1;
                default -> {}
            }
        }
        return open;
    }
}
