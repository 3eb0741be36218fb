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
/// feed between them, or the end of the stream), that have a name and no data, an error in a field of its own or as JSON without a
/// field's name, an end without one, white space and a byte order mark before a field's name, white space behind it, capitals in it;
/// lines may end in any of the three ways.
///
/// An event's data is JSON here, so it ends where the JSON does. JSON in several lines of data stays one event.
final class EventLines extends ForwardingSource {
    private static final ByteString LINE_END = ByteString.encodeUtf8("\r\n");
    private static final String DATA = "data";
    private static final String EVENT = "event";
    private static final List<String> OTHERS = List.of(EVENT, "id", "retry", "");
    /// What may stand before a field or JSON: white space, what parts JSON (RFC 7464 too), the bytes of a byte order mark.
    private static final String BLANK = " \t,\u001e\u00ef\u00bb\u00bf";
    private static final int ENOUGH_TO_LOG = 500;
    private static final int LONGEST_END = 40;

    private final BufferedSource lines;
    private final Buffer ready = new Buffer();
    private String foreign = "";
    private boolean hasFields;
    private boolean isNamed;
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
        } else if (value(line, start, DATA) > 0) {
            return data(line, value(line, start, DATA));
        } else if (line[start] == 'e' && value(line, start, "error") > 0) { // `Error: …` may be plain text
            ready.writeUtf8("event: error\n");
            return data(line, value(line, start, "error"));
        } else if (other(line, start)) {
            hasFields = true;
        } else if (brackets.areOpen() || line[start] == '{' && isWhole(line, start) || isEnd(line, start)) {
            return data(line, from);
        } else if (foreign.isEmpty()) {
            foreign = new String(line, start, Math.min(ENOUGH_TO_LOG, line.length - start), StandardCharsets.UTF_8);
        }
        return -1;
    }

    private static int text(byte[] line, int from) {
        int start = from;
        while (start < line.length && BLANK.indexOf(line[start] & 0xff) >= 0) {
            start++;
        }
        return start;
    }

    /// Of an event without data nobody would hear.
    private void end() {
        ready.writeUtf8(isNamed ? "data:\n\n" : "\n");
        isNamed = false;
        brackets.forget();
    }

    /// Whether the line is an end that is written as no field.
    private boolean isEnd(byte[] line, int start) {
        return line.length - start < LONGEST_END
                && EventData.of(new String(line, start, line.length - start, StandardCharsets.UTF_8)) == EventData.DONE;
    }

    private int data(byte[] line, int from) {
        hasFields = true;
        isNamed = false;
        int start = text(line, from);
        if (value(line, start, DATA) > 0) { // `data: data: {…}`
            return start;
        }
        boolean goesOn = brackets.areOpen();
        int end = closed(line, from);
        int rest = text(line, end);
        boolean another = rest < line.length && (line[rest] == '{' || value(line, rest, DATA) > 0);
        boolean cut = another || start < line.length && line[start] == '{';
        int begin = goesOn ? from : start;
        ready.writeUtf8(goesOn && from > 0 ? "data:" : "data: ").write(line, begin, (cut ? end : line.length) - begin).writeByte('\n');
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
        for (String name : OTHERS) {
            int value = value(line, at, name);
            if (value > 0) {
                isNamed |= name.equals(EVENT);
                ready.writeUtf8(name).writeByte(':').write(line, value, line.length - value).writeByte('\n');
                return true;
            }
        }
        return false;
    }

    /// @return where the value of the field of this name begins, or -1 where none of this name stands there
    private static int value(byte[] line, int at, String name) {
        int end = at;
        while (end - at < name.length() && end < line.length && Character.toLowerCase(line[end]) == name.charAt(end - at)) {
            end++;
        }
        int colon = text(line, end);
        return end - at == name.length() && colon < line.length && line[colon] == ':' ? colon + 1 : -1;
    }
}
