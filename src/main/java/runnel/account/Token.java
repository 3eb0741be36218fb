package runnel.account;

import java.security.SecureRandom;
import java.util.Base64;
import runnel.chat.Secret;
import runnel.chat.Sha256;

/// A value that lets its holder in: 256 random bits, of which the server keeps the SHA-256 hash only. (Against guessing a
/// slow hash would add nothing to 256 bits, and looking up by the hash tells no more by its time than the hash itself.)
public final class Token {
    /// What personal tokens begin with, so that people and secret scanners know one when they see it.
    public static final String PERSONAL = "rnl_";
    private static final int BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    private Token() {}

    /// For cookies and links.
    public static Secret random() {
        return random("");
    }

    public static Secret personal() {
        return random(PERSONAL);
    }

    private static Secret random(String prefix) {
        var bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return new Secret(prefix + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    /// What is kept of a token.
    public static String hash(Secret token) {
        return Sha256.hex(token.reveal());
    }
}
