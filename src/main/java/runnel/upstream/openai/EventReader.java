package runnel.upstream.openai;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Reads a stream of server-sent events (WHATWG HTML, section 9.2.6) in whatever pieces it comes. An event that lies whole
/// in a piece is read where it lies; only the beginning of one that goes on is kept.
///
/// It says what OkHttp's reader says: `id` and `retry` mean nothing to an answer, and what no empty line ends is no event.
///
/// Its references stay as they are from one common event to the next: each one set would be a place for the collector of
/// garbage to look at, in each of thousands of streams.
final class EventReader {
    private static final byte[] DATA = {'d', 'a', 't', 'a'};
    private static final byte[] EVENT = {'e', 'v', 'e', 'n', 't'};

    private final Answer answer;
    /// The beginning of a line that goes on, or null.
    private ByteArrayOutputStream line;
    private String type = "";
    private boolean hasData;
    /// The event's data, once it has any, lies in `data` between the two.
    private byte[] data;
    private int dataFrom;
    private int dataTo;
    /// The same where it has several lines, or null.
    private ByteArrayOutputStream joined;
    private boolean first = true;
    private boolean afterReturn;
    private long sinceEvent;

    /// @param answer what is told of the events, until it wants no more
    EventReader(Answer answer) {
        this.answer = answer;
    }

    /// @throws Transport.Oversized where megabytes have come without an event in them
    void read(byte[] bytes, int from, int to) throws Transport.Oversized {
        int start = from;
        int end = from;
        while (end < to && !answer.isOver()) {
            if (afterReturn && bytes[start] == '\n') {
                start++;
            }
            end = end(bytes, start, to);
            afterReturn = end < to && bytes[end] == '\r';
            if (end < to) {
                line(bytes, start, end);
                start = end + 1;
                end = start;
            }
        }
        meter(to - from);
        if (!answer.isOver()) {
            keep(bytes, start, to);
        }
    }

    /// Where the line ends, by a return or a line feed, or `to` where it goes on.
    private static int end(byte[] bytes, int from, int to) {
        for (int at = from; at < to; at++) {
            byte b = bytes[at];
            if (b == '\n' || b == '\r') {
                return at;
            }
        }
        return to;
    }

    private void meter(int read) throws Transport.Oversized {
        sinceEvent += read;
        if (sinceEvent > Transport.Oversized.MAX) {
            throw new Transport.Oversized();
        }
    }

    /// Behind this the bytes are another's.
    private void keep(byte[] bytes, int from, int to) {
        if (hasData && data == bytes) {
            data = Arrays.copyOfRange(bytes, dataFrom, dataTo);
            dataTo -= dataFrom;
            dataFrom = 0;
        }
        if (from < to) {
            line = line == null ? new ByteArrayOutputStream(to - from + 64) : line;
            line.write(bytes, from, to - from);
        }
    }

    private void line(byte[] bytes, int from, int to) {
        if (line == null) {
            wholeLine(bytes, from, to);
            return;
        }
        line.write(bytes, from, to - from);
        byte[] whole = line.toByteArray();
        line = null;
        wholeLine(whole, 0, whole.length);
    }

    private void wholeLine(byte[] bytes, int from, int to) {
        int start = from + (first ? byteOrderMark(bytes, from, to) : 0);
        first = false;
        if (start == to) {
            dispatch();
        } else if (isField(bytes, start, to, DATA)) {
            data(bytes, value(bytes, start + DATA.length, to), to);
        } else if (isField(bytes, start, to, EVENT)) {
            int value = value(bytes, start + EVENT.length, to);
            type = new String(bytes, value, to - value, StandardCharsets.UTF_8);
        }
    }

    private void data(byte[] bytes, int from, int to) {
        if (hasData) {
            join(bytes, from, to);
            return;
        }
        hasData = true;
        dataFrom = from;
        dataTo = to;
        if (data != bytes) {
            data = bytes;
        }
    }

    private void join(byte[] bytes, int from, int to) {
        if (joined == null) {
            joined = new ByteArrayOutputStream();
            joined.write(data, dataFrom, dataTo - dataFrom);
        }
        joined.write('\n');
        joined.write(bytes, from, to - from);
    }

    private void dispatch() {
        if (joined != null) {
            data = joined.toByteArray();
            dataFrom = 0;
            dataTo = data.length;
            joined = null;
        }
        if (hasData) {
            hasData = false;
            sinceEvent = 0;
            answer.event(type, data, dataFrom, dataTo);
        }
        if (!type.isEmpty()) {
            type = "";
        }
    }

    private static boolean isField(byte[] bytes, int from, int to, byte[] name) {
        int end = from + name.length;
        if (to < end || (to > end && bytes[end] != ':')) {
            return false;
        }
        for (int i = 0; i < name.length; i++) {
            if (bytes[from + i] != name[i]) {
                return false;
            }
        }
        return true;
    }

    /// Where the value begins.
    ///
    /// @param colon where the colon is, or the end of a line that has none
    private static int value(byte[] bytes, int colon, int to) {
        return Math.min(to, colon + 1 < to && bytes[colon + 1] == ' ' ? colon + 2 : colon + 1);
    }

    private static int byteOrderMark(byte[] bytes, int from, int to) {
        boolean there = to - from >= 3
                && bytes[from] == (byte) 0xef && bytes[from + 1] == (byte) 0xbb && bytes[from + 2] == (byte) 0xbf;
        return there ? 3 : 0;
    }
}
