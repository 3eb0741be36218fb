package runnel.bench;

import java.util.Optional;
import java.util.regex.Pattern;

/// One HTTP/1.1 answer while it comes in: its head, then its body with the framing (RFC 9112, 6 and 7) taken off.
final class HttpAnswer {
    private static final int MAX_HEAD = 16 << 10;

    /// Takes a piece of the body.
    interface Body {
        void take(byte[] bytes, int from, int to);
    }

    private enum Part { HEAD, SIZE, EXTENSION, DATA, AFTER_DATA, TRAILER, REST, OVER }

    private final StringBuilder head = new StringBuilder();
    private Part part = Part.HEAD;
    private int status;
    private boolean chunked;
    private long left;

    int status() {
        return status;
    }

    boolean over() {
        return part == Part.OVER;
    }

    /// Whether a closed connection is the end that this answer waits for.
    boolean endsByClosing() {
        return part == Part.REST && left < 0;
    }

    Optional<String> header(String name) {
        var line = Pattern.compile("(?im)^" + name + ": *([^\r\n]*)").matcher(head);
        return line.find() ? Optional.of(line.group(1)) : Optional.empty();
    }

    void take(byte[] bytes, int from, int to, Body body) {
        int at = from;
        while (at < to && part != Part.OVER) {
            if (part == Part.DATA || part == Part.REST) {
                int end = left < 0 ? to : (int) Math.min(to, at + left);
                body.take(bytes, at, end);
                passed(end - at);
                at = end;
            } else {
                framing(bytes[at++]);
            }
        }
    }

    private void passed(int count) {
        if (left >= 0) {
            left -= count;
            if (left == 0) {
                part = chunked ? Part.AFTER_DATA : Part.OVER;
            }
        }
    }

    private void framing(byte next) {
        switch (part) {
            case HEAD -> head(next);
            case SIZE, EXTENSION -> size(next);
            case AFTER_DATA -> part = next == '\n' ? size() : part;
            case TRAILER -> trailer(next);
            case DATA, REST, OVER -> throw new IllegalStateException(part.name());
        }
    }

    private void head(byte next) {
        head.append((char) (next & 0xFF));
        int length = head.length();
        if (length > MAX_HEAD) {
            throw new IllegalArgumentException("the head of an answer does not end");
        }
        if (next == '\n' && length > 3 && head.charAt(length - 3) == '\n') {
            status = Integer.parseInt(head.substring(9, 12));
            chunked = header("transfer-encoding").filter("chunked"::equalsIgnoreCase).isPresent();
            left = header("content-length").map(Long::parseLong).orElse(status == 204 ? 0L : -1L);
            part = chunked ? size() : left == 0 ? Part.OVER : Part.REST;
        }
    }

    private Part size() {
        left = 0;
        return Part.SIZE;
    }

    private void size(byte next) {
        int digit = Character.digit(next, 16);
        if (next == '\n') {
            part = left > 0 ? Part.DATA : trailers();
        } else if (part == Part.SIZE && digit >= 0) {
            left = left * 16 + digit;
        } else {
            part = Part.EXTENSION;
        }
    }

    private Part trailers() {
        left = 0;
        return Part.TRAILER;
    }

    /// The answer ends with an empty line.
    private void trailer(byte next) {
        if (next == '\n') {
            part = left == 0 ? Part.OVER : trailers();
        } else if (next != '\r') {
            left++;
        }
    }

    @Override
    public String toString() {
        return head.isEmpty() ? "no answer" : head.substring(0, head.indexOf("\r"));
    }
}
