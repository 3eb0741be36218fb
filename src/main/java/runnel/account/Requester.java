package runnel.account;

/// Who asks for a password to be hashed.
///
/// @param name    of the account where it is trusted, else of the client's network
/// @param trusted whether this is a session, or somebody logged in rightly from there before
public record Requester(String name, boolean trusted) {
    /// Somebody who has shown already who they are.
    public static Requester account(String name) {
        return new Requester(name, true);
    }
}
