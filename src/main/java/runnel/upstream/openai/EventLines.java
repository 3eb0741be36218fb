package runnel.upstream.openai;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import okio.Buffer;
import okio.BufferedSource;
import okio.ByteString;
import okio.ForwardingSource;

/// Server-sent events as okhttp-sse reads them, of what servers send in their place: events that no empty line ends (one line
/// feed between them, or the end of the stream), an error in a field of its own or as JSON without a field's name, white space
/// before a field's name, capitals in it; lines may end in any of the three ways.
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
    /// Of the data so far.
    private final JsonBrackets brackets = new JsonBrackets();
    /// Where the last of a line's events begins, in what is ready and in the line.
    private long wholeEnd;
    private int lastField;

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
    private void last(byte[] line) throws IOException {
        if (line.length > 0) {
            line(line);
            if (brackets.areOpen()) {
                var whole = ready.readByteArray(wholeEnd);
                ready.clear();
                ready.write(whole).write(line, lastField, line.length - lastField);
            }
        }
    }

    /// Some servers write several events into one line.
    private void line(byte[] line) {
        for (int at = 0; at >= 0; ) {
            wholeEnd = ready.size();
            lastField = at;
            at = field(line, at);
        }
    }

    /// @return where another event begins, or -1
    private int field(byte[] line, int from) {
        int start = text(line, from);
        if (start == line.length) {
            end();
        } else if (begins(line, start, DATA)) {
            return data(line, start + DATA.length);
        } else if (line[start] == 'e' && begins(line, start, ERROR)) { // `Error: …` may be plain text
            ready.writeUtf8("event: error\n");
            return data(line, start + ERROR.length);
        } else if (other(line, start)) {
            hasFields = true;
        } else if (brackets.areOpen() || line[start] == '{' && isWhole(line, start)) {
            return data(line, from);
        } else if (foreign.isEmpty()) {
            foreign = new String(line, start, Math.min(ENOUGH_TO_LOG, line.length - start), StandardCharsets.UTF_8);
        }
        return -1;
    }

    private static int text(byte[] line, int from) {
        int start = from;
        while (start < line.length && (line[start] == ' ' || line[start] == '\t')) {
            start++;
        }
        return start;
    }

    private void end() {
        brackets.forget();
        ready.writeByte('\n');
    }

    private int data(byte[] line, int from) {
        hasFields = true;
        int start = text(line, from);
        if (begins(line, start, DATA)) { // `data: data: {…}`
            return start;
        }
        int end = closed(line, from);
        int rest = text(line, end);
        boolean another = rest < line.length && (line[rest] == '{' || begins(line, rest, DATA));
        boolean cut = another || start < line.length && line[start] == '{';
        ready.writeUtf8(from == 0 ? "data: " : "data:").write(line, from, (cut ? end : line.length) - from).writeByte('\n');
        if (!brackets.areOpen()) {
            end();
        }
        return another ? rest : -1;
    }

    /// Goes on to where the brackets are closed that are open, or to the end of the line.
    private int closed(byte[] line, int from) {
        for (int i = from; i < line.length; i++) {
            if (brackets.closeWith(line[i])) {
                return i + 1;
            }
        }
        return line.length;
    }

    /// Whether no bracket stays open, which is looked at only.
    private boolean isWhole(byte[] line, int from) {
        closed(line, from);
        boolean whole = !brackets.areOpen();
        brackets.forget();
        return whole;
    }

    /// Passes on a field that is no data, its name as okhttp-sse knows it.
    private boolean other(byte[] line, int at) {
        for (byte[] name : OTHERS) {
            if (begins(line, at, name)) {
                int value = at + name.length;
                ready.write(name).write(line, value, line.length - value).writeByte('\n');
                return true;
            }
        }
        return false;
    }

    private static byte[] field(String name) {
        return name.getBytes(StandardCharsets.US_ASCII);
    }

    private static boolean begins(byte[] line, int at, byte[] name) {
        for (int i = 0; i < name.length; i++) {
            if (at + i >= line.length || Character.toLowerCase(line[at + i]) != name[i]) {
                return false;
            }
        }
        return true;
    }
}
