package runnel.web.http;

import io.javalin.http.Context;
import java.util.Optional;
import runnel.account.Credential;
import runnel.account.User;
import runnel.chat.Refused;

/// Who is asking.
public interface Authentication {
    /// What lets the visitor in, where something does.
    Optional<Credential> find(Context ctx);

    /// @throws Refused where nothing lets the visitor in
    default Credential credential(Context ctx) {
        return find(ctx).orElseThrow(() -> {
            ctx.header("WWW-Authenticate", "Bearer");
            return new Refused("not-logged-in", 401, "Not logged in",
                    "Log in first, or send a personal token as Authorization: Bearer.");
        });
    }

    /// @throws Refused where nothing lets the visitor in
    default User of(Context ctx) {
        return credential(ctx).user();
    }
}
