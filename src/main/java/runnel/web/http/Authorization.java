package runnel.web.http;

import io.javalin.http.Context;
import java.util.Optional;
import runnel.account.Credential;
import runnel.account.User;
import runnel.chat.Refused;

/// Stands before every route and lets nobody through whom its [Access] does not take in. A route that was added without a
/// thought is shut.
///
/// @param accounts whether the server has any
/// @param verified whether people must have verified their address
public record Authorization(Authentication authentication, boolean accounts, boolean verified) {
    private static final String PASSED = "runnel.authorized";

    public void check(Context ctx) {
        var roles = ctx.routeRoles();
        Refused.requireFound(accounts || !roles.contains(Access.ACCOUNTS));
        if (roles.contains(Access.PUBLIC)) {
            return;
        }
        var credential = authentication.credential(ctx);
        var user = credential.user();
        Refused.requireFound(user.role() == User.Role.ADMIN || !roles.contains(Access.ADMINISTRATORS));
        if (verified && !user.verified() && !roles.contains(Access.UNVERIFIED)) {
            throw new Refused("unverified-address", 403, "Address not verified",
                    "Open the link in the mail that was sent to you first.");
        }
        if (credential.kind() == Credential.Kind.TOKEN && roles.contains(Access.SESSION)) {
            throw new Refused("not-by-token", 403, "Not by a token",
                    "A personal token cannot look after an account. Log in, and use the profile.");
        }
        ctx.attribute(PASSED, new Passed(this, user.id()));
        // By this the page's service worker tells apart whose answers it keeps.
        ctx.header("X-User", user.id());
        new HttpConnection(ctx).countFor(user.id());
    }

    private record Passed(Authorization authorization, String user) {}

    /// Who was let in, where the request needed a log-in.
    static Optional<String> user(Context ctx) {
        return ctx.attribute(PASSED) instanceof Passed passed ? Optional.of(passed.user) : Optional.empty();
    }

    /// Stands before a request once more that takes its time: what let the visitor in may have ended meanwhile.
    public static void checkAgain(Context ctx) {
        if (ctx.attribute(PASSED) instanceof Passed passed) {
            passed.authorization.check(ctx);
        }
    }
}
