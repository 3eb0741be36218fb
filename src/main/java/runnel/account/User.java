package runnel.account;

import java.util.Locale;

/// Somebody who may use the server.
///
/// @param verified whether the e-mail address is known to be theirs
public record User(String id, String name, String email, Role role, boolean verified) {
    public enum Role {
        ADMIN, USER;

        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }

        public static Role of(String wire) {
            return valueOf(wire.toUpperCase(Locale.ROOT));
        }
    }

    /// The one user of a server without accounts.
    public static final User LOCAL = new User("local", "You", "you@localhost", Role.ADMIN, true);
}
