package runnel.web.http;

import io.javalin.http.Context;
import io.javalin.websocket.WsContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import runnel.account.Credential;
import runnel.chat.Refused;

/// What a WebSocket passes while it is still an ordinary request, so that a refusal is an ordinary answer.
public record Handshake(RequestGuards guards, Authorization authorization, Authentication authentication) {
    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9+/]{21}[AQgw]==");
    private static final String CREDENTIAL = "runnel.credential";

    /// @param check what else must be true, which throws [Refused] where it is not
    public void check(Context ctx, Consumer<Credential> check) {
        try {
            guards.check(ctx);
            requireWellFormed(ctx);
            authorization.check(ctx);
            var credential = authentication.credential(ctx);
            check.accept(credential);
            ctx.attribute(CREDENTIAL, credential);
            new HttpConnection(ctx).countForNobody();
        } catch (Refused refused) {
            answer(ctx, refused);
            throw refused; // keeps Javalin from upgrading; it would not write the answer by itself
        }
    }

    /// What Jetty does not look at, or refuses in a way of its own (RFC 6455, 4.2.1 and 4.4).
    public static void requireWellFormed(Context ctx) {
        ctx.res().setHeader("Sec-WebSocket-Protocol", null); // Javalin echoes what the client offers
        if (!"13".equals(ctx.header("Sec-WebSocket-Version"))) {
            ctx.header("Sec-WebSocket-Version", "13").header("Upgrade", "websocket");
            throw new Refused("unknown-version", 426, "Unknown version", "This server speaks version 13 of WebSocket.");
        }
        if (!KEY.matcher(String.valueOf(ctx.header("Sec-WebSocket-Key"))).matches()) {
            throw Refused.malformed("Sec-WebSocket-Key must be 16 bytes in base64.");
        }
    }

    /// Who came through.
    public static Credential credential(WsContext ctx) {
        return ctx.attribute(CREDENTIAL);
    }

    public static void answer(Context ctx, Refused refused) {
        Problems.answer(ctx, refused);
        try (var body = ctx.resultInputStream()) {
            if (body != null) { // else it is answered already
                body.transferTo(ctx.res().getOutputStream());
            }
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }
}
