package runnel.account;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import runnel.chat.Secret;

/// What a new password must be: long, and none that others try first. No rules about kinds of characters, which make
/// people write worse ones (NIST SP 800-63B, 3.1.1.2).
public final class PasswordRules {
    public static final int MIN = 10;
    public static final int MAX = 1_000;

    private PasswordRules() {}

    /// @param own name and e-mail address of the person, which are tried first as well
    /// @return what is wrong with it, to complete the sentence "The password …"
    public static Optional<String> wrongWith(Secret password, String... own) {
        var text = Passwords.normal(password);
        int length = text.codePointCount(0, text.length());
        if (length < MIN) {
            return Optional.of("must have at least %d characters".formatted(MIN));
        }
        if (length > MAX) {
            return Optional.of("must have at most %,d characters".formatted(MAX));
        }
        var plain = text.toLowerCase(Locale.ROOT);
        for (var one : own) {
            if (plain.equals(one.toLowerCase(Locale.ROOT))) {
                return Optional.of("must not be your name or e-mail address");
            }
        }
        return plain.chars().distinct().count() < 4 || listed(variants(plain))
                ? Optional.of("is among those that are tried first: choose one that is your own") : Optional.empty();
    }

    /// The password itself; without the digits and marks around it; and its half, where it is one word twice.
    private static Set<String> variants(String plain) {
        var variants = new HashSet<String>();
        variants.add(plain);
        variants.add(plain.replaceAll("^[^\\p{L}]+|[^\\p{L}]+$", ""));
        int half = plain.length() / 2;
        if (plain.equals(plain.substring(0, half).repeat(2))) {
            variants.add(plain.substring(0, half));
        }
        variants.remove("");
        return variants;
    }

    /// Reads the list each time: it takes 10 ms on the rare occasion, and no memory between.
    private static boolean listed(Set<String> variants) {
        try (var lines = new BufferedReader(new InputStreamReader(
                new GZIPInputStream(PasswordRules.class.getResourceAsStream("common-passwords.txt.gz")), StandardCharsets.UTF_8))) {
            return lines.lines().anyMatch(variants::contains);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
