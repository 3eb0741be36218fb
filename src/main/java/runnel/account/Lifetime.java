package runnel.account;

import java.time.Duration;

/// How long a session lasts: `idle` without a request, and `whole` at most.
public record Lifetime(Duration idle, Duration whole) {
    private static final Lifetime SHORT = new Lifetime(Duration.ofDays(1), Duration.ofDays(7));
    private static final Lifetime REMEMBERED = new Lifetime(Duration.ofDays(30), Duration.ofDays(90));

    /// A link to choose a new password.
    public static final Duration RESET = Duration.ofHours(1);
    /// A link that the operator hands over in person.
    public static final Duration HANDED_RESET = Duration.ofDays(1);
    /// A link that shows that an address is one's own.
    public static final Duration VERIFICATION = Duration.ofDays(2);

    public static Lifetime of(boolean remember) {
        return remember ? REMEMBERED : SHORT;
    }
}
