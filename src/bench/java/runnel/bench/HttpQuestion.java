package runnel.bench;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Optional;
import java.util.regex.Pattern;

/// One HTTP request to the scripted model, as far as the model must understand it.
final class HttpQuestion {
    /// The answer to whatever names no script.
    static final byte[] MODELS = models();
    private static final Pattern LENGTH = Pattern.compile("(?i)\r\ncontent-length: *(\\d{1,9})");
    private static final Pattern CHUNKED = Pattern.compile("(?i)\r\ntransfer-encoding: *chunked");

    private final StringBuilder text = new StringBuilder();
    private int head = -1;
    private int length = -1;

    private static byte[] models() {
        var body = "{\"object\":\"list\",\"data\":[{\"id\":\"" + Script.of(100, 50).model() + "\",\"object\":\"model\"}]}";
        return ("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n" + body)
                .getBytes(US_ASCII);
    }

    /// Whether the request is whole with these bytes.
    boolean take(byte[] bytes, int count) {
        text.append(new String(bytes, 0, count, ISO_8859_1));
        if (head < 0) {
            readHead();
        }
        return head >= 0 && (length >= 0 ? text.length() >= head + length : text.indexOf("\r\n0\r\n\r\n", head - 2) >= 0);
    }

    private void readHead() {
        int end = text.indexOf("\r\n\r\n");
        if (end < 0) {
            return;
        }
        head = end + 4;
        var before = text.substring(0, end);
        var size = LENGTH.matcher(before);
        length = size.find() ? Integer.parseInt(size.group(1)) : CHUNKED.matcher(before).find() ? -1 : 0;
    }

    /// The script that the model's name asks for.
    Optional<Script> script() {
        return text.indexOf("POST ") == 0 ? Script.named(text.substring(head)) : Optional.empty();
    }
}
