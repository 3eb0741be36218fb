package runnel.web;

import io.javalin.http.Context;
import io.javalin.websocket.WsContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Consumer;
import runnel.account.Pass;
import runnel.chat.Refused;

/// What a WebSocket passes while it is still an ordinary request, so that a refusal is an ordinary answer.
final class Handshake {
    private static final String PASS = "pass";

    private final Walls walls;
    private final Gate gate;
    private final Visitors visitors;

    Handshake(Walls walls, Gate gate, Visitors visitors) {
        this.walls = walls;
        this.gate = gate;
        this.visitors = visitors;
    }

    /// @param check what else must be true, which throws [Refused] where it is not
    void pass(Context ctx, Consumer<Pass> check) {
        try {
            walls.pass(ctx);
            gate.pass(ctx);
            var pass = visitors.pass(ctx);
            check.accept(pass);
            ctx.attribute(PASS, pass);
        } catch (Refused refused) {
            answer(ctx, refused);
            throw refused; // keeps Javalin from upgrading; it would not write the answer by itself
        }
    }

    /// Who came through.
    static Pass pass(WsContext ctx) {
        return ctx.attribute(PASS);
    }

    static void answer(Context ctx, Refused refused) {
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
