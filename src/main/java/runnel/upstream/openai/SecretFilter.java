package runnel.upstream.openai;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.List;
import runnel.chat.Secret;

/// Takes secrets out of bytes that pass in pieces, also those that come in two of them.
final class SecretFilter {
    private static final String MASK = "***";
    /// Shorter values are no secrets, and stand in other words.
    private static final int SHORTEST = 4;

    private final List<String> secrets;
    /// The end of the piece before, where that may be the beginning of a secret.
    private String held = "";

    SecretFilter(List<String> secrets) {
        this.secrets = secrets;
    }

    static SecretFilter of(List<Secret> secrets) {
        return new SecretFilter(secrets.stream().map(Secret::reveal).filter(secret -> secret.length() >= SHORTEST).toList());
    }

    byte[] pass(byte[] piece) {
        var text = masked(held + new String(piece, ISO_8859_1)); // a character for each byte
        held = text.substring(text.length() - beginning(text));
        return text.substring(0, text.length() - held.length()).getBytes(ISO_8859_1);
    }

    String masked(String text) {
        var masked = text;
        for (var secret : secrets) {
            masked = masked.replace(secret, MASK);
        }
        return masked;
    }

    /// What is left when nothing more comes.
    byte[] rest() {
        var rest = held.getBytes(ISO_8859_1);
        held = "";
        return rest;
    }

    /// How many bytes at the end of a text may begin a secret.
    private int beginning(String text) {
        int longest = 0;
        for (var secret : secrets) {
            for (int length = Math.min(secret.length() - 1, text.length()); length > longest; length--) {
                if (text.regionMatches(text.length() - length, secret, 0, length)) {
                    longest = length;
                }
            }
        }
        return longest;
    }
}
