package runnel.web;

import io.javalin.http.Context;
import java.util.Optional;
import runnel.account.Pass;
import runnel.account.User;
import runnel.store.Database;
import runnel.store.Sessions;

/// Lets a browser in, and out again. A session never changes hands: each log-in begins a new one and ends the one before.
final class Entrance {
    private static final int MOST_AGENT = 300;

    private final Visitors visitors;
    private final Sessions sessions;
    private final SessionCookie cookie;
    private final Peers peers;

    Entrance(Visitors visitors, Database database, SessionCookie cookie, Peers peers) {
        this.visitors = visitors;
        this.sessions = new Sessions(database);
        this.cookie = cookie;
        this.peers = peers;
    }

    void letIn(Context ctx, User user, boolean remember) {
        letIn(ctx, user, Optional.empty(), remember);
    }

    /// @param password the hash that the visitor's password was compared with
    /// @return whether it is still the account's
    boolean letIn(Context ctx, User user, Optional<String> password, boolean remember) {
        var agent = Text.clean(Optional.ofNullable(ctx.userAgent()).orElse(""));
        var before = cookie.read(ctx).flatMap(sessions::pass);
        var begun = sessions.begin(user.id(), password, remember, agent.substring(0, Math.min(MOST_AGENT, agent.length())), peers.address(ctx));
        begun.ifPresent(secret -> {
            before.ifPresent(this::end);
            cookie.set(ctx, secret, remember);
        });
        return begun.isPresent();
    }

    /// Gives a browser whose password has changed a new session for its old one.
    void again(Context ctx, Pass pass, boolean remember) {
        if (pass.kind() == Pass.Kind.SESSION) {
            letIn(ctx, pass.user(), remember);
        }
    }

    void letOut(Context ctx) {
        visitors.find(ctx).filter(pass -> pass.kind() == Pass.Kind.SESSION).ifPresent(this::end);
        cookie.clear(ctx);
    }

    private void end(Pass pass) {
        sessions.end(pass.user().id(), pass.id());
    }
}
