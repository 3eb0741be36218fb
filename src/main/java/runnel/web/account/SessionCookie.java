package runnel.web.account;

import io.javalin.http.Context;
import java.util.Optional;
import runnel.account.Lifetime;
import runnel.chat.Secret;
import runnel.web.http.ClientAddress;

/// The cookie of a session (RFC 6265). Under TLS its name begins with `__Host-`: then no other host and no unencrypted
/// answer can have set it. That demands the path `/`, so below a path it begins with `__Secure-`: then no unencrypted answer can.
///
/// @param base the path below which everything lives, as `/chat`, or nothing
record SessionCookie(ClientAddress clientAddress, String base) {
    private static final String NAME = "runnel";

    private String name(Context ctx) {
        return (!clientAddress.secure(ctx) ? "" : base.isEmpty() ? "__Host-" : "__Secure-") + NAME;
    }

    Optional<Secret> read(Context ctx) {
        return Optional.ofNullable(ctx.cookie(name(ctx))).filter(value -> !value.isEmpty() && value.length() <= 200).map(Secret::new);
    }

    /// @param remember whether the browser keeps it when it is closed
    void set(Context ctx, Secret session, boolean remember) {
        write(ctx, session.reveal(), remember ? "; Max-Age=" + Lifetime.of(true).whole().toSeconds() : "");
    }

    void clear(Context ctx) {
        write(ctx, "", "; Max-Age=0");
    }

    private void write(Context ctx, String value, String age) {
        ctx.res().addHeader("Set-Cookie", name(ctx) + "=" + value + "; Path=" + (base.isEmpty() ? "/" : base) + "; HttpOnly; SameSite=Lax"
                + (clientAddress.secure(ctx) ? "; Secure" : "") + age);
    }
}
