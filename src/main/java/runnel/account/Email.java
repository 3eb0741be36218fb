package runnel.account;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// An e-mail address: as it was typed, to be shown and written to, and in lower case, to be found by.
///
/// The pattern is that of HTML's `type=email` without its special characters that no provider gives out; whether an
/// address exists, only a mail can tell. It has no room for line breaks, which would be headers of a mail.
public record Email(String typed) {
    private static final int MAX = 254;
    private static final Pattern MAILBOX = Pattern.compile("[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@");
    private static final Pattern LABEL = Pattern.compile("[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?");

    /// @return nothing where `text` has not the form of an address
    public static Optional<Email> of(String text) {
        return Optional.of(text.strip()).filter(Email::isAddress).map(Email::new);
    }

    private static boolean isAddress(String typed) {
        var mailbox = MAILBOX.matcher(typed);
        return typed.length() <= MAX && mailbox.lookingAt()
                && Arrays.stream(typed.substring(mailbox.end()).split("\\.", -1)).allMatch(label -> LABEL.matcher(label).matches());
    }

    public String key() {
        return typed.toLowerCase(Locale.ROOT);
    }
}
