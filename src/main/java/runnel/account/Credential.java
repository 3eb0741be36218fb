package runnel.account;

import java.util.Optional;

/// What let somebody in, and lets them in until it ends or is revoked.
///
/// @param user who was let in; with a link to a shared chat nobody that has an account
/// @param ends epoch milliseconds
public record Credential(Kind kind, String id, User user, Optional<Long> ends) {
    public enum Kind { LOCAL, SESSION, TOKEN, SHARE }

    /// The credential of the one user of a server without accounts.
    public static final Credential LOCAL = new Credential(Kind.LOCAL, "local", User.LOCAL, Optional.empty());
}
