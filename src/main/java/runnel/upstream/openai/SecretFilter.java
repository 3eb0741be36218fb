package runnel.upstream.openai;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import runnel.chat.Secret;

/// Takes secrets out of bytes that pass in pieces, also those that come in two of them, and those that are written with the escapes of
/// JSON (RFC 8259, 7; also of JSON in JSON), of addresses (RFC 3986, 2.1) or of HTML.
final class SecretFilter {
    private static final String MASK = "***";
    /// Shorter values are no secrets, and stand in other words.
    private static final int SHORTEST = 4;
    private static final String ESCAPES = "\\%&";
    /// How each character of ASCII may be written.
    private static final List<Pattern> ESCAPED = IntStream.range(0, 128).mapToObj(SecretFilter::escaped).toList();

    private static final int NONE = -1;
    private static final int UNFINISHED = Integer.MAX_VALUE;

    private final List<String> secrets;
    /// The end of the piece before, where that may be the beginning of a secret.
    private String held = "";

    SecretFilter(List<String> secrets) {
        this.secrets = secrets;
    }

    static SecretFilter of(List<Secret> secrets) {
        return new SecretFilter(secrets.stream().map(Secret::reveal).filter(secret -> secret.length() >= SHORTEST).toList());
    }

    private static Pattern escaped(int c) {
        var slashed = Character.isLetterOrDigit(c) ? "" : "|\\\\{1,3}" + Pattern.quote(Character.toString(c));
        return Pattern.compile("(?i:\\\\{1,3}u00%02x|%%%02x|&#x0{0,4}%02x;|&#0{0,4}%d;)".formatted(c, c, c, c) + slashed);
    }

    byte[] pass(byte[] piece) {
        return masked(held + new String(piece, ISO_8859_1), true).getBytes(ISO_8859_1); // a character for each byte
    }

    String masked(String text) {
        return masked(text, false);
    }

    /// What is left when nothing more comes.
    byte[] rest() {
        return masked(held, false).getBytes(ISO_8859_1);
    }

    /// @param more whether more of it may come, so that what may be the beginning of a secret is held back
    private String masked(String text, boolean more) {
        var masked = new StringBuilder(text.length());
        int at = 0;
        for (int end; at < text.length(); at = end) {
            end = at;
            for (var secret : secrets) {
                end = Math.max(end, end(text, at, secret));
            }
            if (end == UNFINISHED && more) {
                break;
            }
            if (end == at || end == UNFINISHED) {
                end = at + 1;
                masked.append(text.charAt(at));
            } else {
                masked.append(MASK);
            }
        }
        held = text.substring(at);
        return masked.toString();
    }

    private static int end(String text, int from, String secret) {
        int at = from;
        for (int i = 0; i < secret.length() && at != NONE && at != UNFINISHED; i++) {
            at = afterOne(text, at, secret.charAt(i));
        }
        return at;
    }

    /// @return where the character that begins here ends; [#UNFINISHED] where the text does before it
    private static int afterOne(String text, int at, char wanted) {
        if (at == text.length()) {
            return UNFINISHED;
        }
        char c = text.charAt(at);
        if (ESCAPES.indexOf(c) < 0 || wanted > 127) {
            return c == wanted ? at + 1 : NONE;
        }
        var escaped = ESCAPED.get(wanted).matcher(text).region(at, text.length());
        return escaped.lookingAt() ? escaped.end() : escaped.hitEnd() ? UNFINISHED : c == wanted ? at + 1 : NONE;
    }
}
