package runnel.account;

/// Somebody who may use the server.
public record User(String id, String name, String email, Role role) {
    public enum Role { ADMIN, USER }

    /// The one user of a server without accounts.
    public static final User LOCAL = new User("local", "You", "you@localhost", Role.ADMIN);
}
