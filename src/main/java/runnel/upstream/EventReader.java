package runnel.upstream;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/// Reads a stream of server-sent events (WHATWG HTML, section 9.2.6) in whatever pieces it comes. An event that lies whole
/// in a piece is read where it lies; only the beginning of one that goes on is kept.
///
/// It says what OkHttp's reader says: `id` and `retry` mean nothing to an answer, and what no empty line ends is no event.
final class EventReader {
    private static final byte[] DATA = {'d', 'a', 't', 'a'};
    private static final byte[] EVENT = {'e', 'v', 'e', 'n', 't'};

    private final Answer answer;
    private ByteArrayOutputStream line;
    private StringBuilder moreData;
    private String data;
    private String type = "";
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
        for (int at = from; at < to && !answer.isOver(); at++) {
            byte b = bytes[at];
            if (b == '\n' && afterReturn) {
                start = at + 1;
                afterReturn = false;
            } else if (b == '\n' || b == '\r') {
                endOfLine(bytes, start, at);
                start = at + 1;
                afterReturn = b == '\r';
            } else {
                afterReturn = false;
            }
        }
        meter(to - from);
        if (start < to && !answer.isOver()) {
            keep(bytes, start, to);
        }
    }

    private void meter(int read) throws Transport.Oversized {
        sinceEvent += read;
        if (sinceEvent > Transport.Oversized.MOST) {
            throw new Transport.Oversized();
        }
    }

    private void keep(byte[] bytes, int from, int to) {
        if (line == null) {
            line = new ByteArrayOutputStream(to - from + 64);
        }
        line.write(bytes, from, to - from);
    }

    private void endOfLine(byte[] bytes, int from, int to) {
        if (line == null) {
            line(bytes, from, to);
            return;
        }
        line.write(bytes, from, to - from);
        byte[] whole = line.toByteArray();
        line = null;
        line(whole, 0, whole.length);
    }

    private void line(byte[] bytes, int from, int to) {
        int start = from + (first ? byteOrderMark(bytes, from, to) : 0);
        first = false;
        if (start == to) {
            dispatch();
        } else if (isField(bytes, start, to, DATA)) {
            moreData(value(bytes, start + DATA.length, to));
        } else if (isField(bytes, start, to, EVENT)) {
            type = value(bytes, start + EVENT.length, to);
        }
    }

    private void dispatch() {
        if (data != null) {
            String whole = moreData == null ? data : moreData.toString();
            data = null;
            moreData = null;
            sinceEvent = 0;
            answer.event(type, whole);
        }
        type = "";
    }

    private void moreData(String value) {
        if (data == null) {
            data = value;
            return;
        }
        if (moreData == null) {
            moreData = new StringBuilder(data);
        }
        moreData.append('\n').append(value);
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

    /// @param colon where the colon is, or the end of a line that has none
    private static String value(byte[] bytes, int colon, int to) {
        int from = colon + 1 < to && bytes[colon + 1] == ' ' ? colon + 2 : colon + 1;
        return from >= to ? "" : new String(bytes, from, to - from, StandardCharsets.UTF_8);
    }

    private static int byteOrderMark(byte[] bytes, int from, int to) {
        boolean there = to - from >= 3
                && bytes[from] == (byte) 0xef && bytes[from + 1] == (byte) 0xbb && bytes[from + 2] == (byte) 0xbf;
        return there ? 3 : 0;
    }
}
