package runnel.web.account;

import io.javalin.http.Context;
import java.util.Optional;
import runnel.account.Credential;
import runnel.account.User;
import runnel.store.account.Sessions;
import runnel.web.http.Authentication;
import runnel.web.http.CleanText;
import runnel.web.http.ClientAddress;

/// Lets a browser in, and out again. A session never changes hands: each log-in begins a new one and ends the one before.
record Logins(Authentication authentication, Sessions sessions, SessionCookie cookie, ClientAddress clientAddress) {
    private static final int MAX_AGENT = 300;

    /// Whether the account has a session that began at this address.
    boolean hasBegunFrom(Context ctx, User user) {
        var address = clientAddress.address(ctx);
        return sessions.list(user.id()).stream().anyMatch(session -> session.address().equals(address));
    }

    void letIn(Context ctx, User user, boolean remember) {
        letIn(ctx, user, Optional.empty(), remember);
    }

    /// @param password the hash that the visitor's password was compared with
    /// @return whether it is still the account's
    boolean letIn(Context ctx, User user, Optional<String> password, boolean remember) {
        var agent = CleanText.clean(Optional.ofNullable(ctx.userAgent()).orElse(""));
        var before = cookie.read(ctx).flatMap(sessions::pass);
        var begun = sessions.begin(user.id(), password, remember, agent.substring(0, Math.min(MAX_AGENT, agent.length())),
                clientAddress.address(ctx));
        begun.ifPresent(secret -> {
            before.ifPresent(this::end);
            cookie.set(ctx, secret, remember);
        });
        return begun.isPresent();
    }

    /// Gives a browser whose password has changed a new session for its old one.
    void again(Context ctx, Credential credential, boolean remember) {
        if (credential.kind() == Credential.Kind.SESSION) {
            letIn(ctx, credential.user(), remember);
        }
    }

    void letOut(Context ctx) {
        authentication.find(ctx).filter(credential -> credential.kind() == Credential.Kind.SESSION).ifPresent(this::end);
        cookie.clear(ctx);
    }

    private void end(Credential credential) {
        sessions.end(credential.user().id(), credential.id());
    }
}
