package runnel.account;

/// Who asks for a password to be hashed.
///
/// @param network of the client
/// @param trusted whether this is a session, or somebody logged in rightly from there before
public record Requester(String network, boolean trusted) {
    /// Somebody who has shown already who they are.
    public static final Requester TRUSTED = new Requester("", true);
}
