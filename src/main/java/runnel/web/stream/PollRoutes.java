package runnel.web.stream;

import io.javalin.http.Context;
import java.time.Duration;
import java.util.Optional;
import runnel.chat.Refused;
import runnel.web.http.Authentication;
import runnel.web.http.ReplyFormat;

/// `GET /api/poll/{reply}` and `GET /api/events/poll`: what lies behind the reader's cursor, as soon as there is anything.
public record PollRoutes(Authentication authentication, Sources sources, Streams streams) {
    private static final int MAX_WAIT_SECONDS = 60;
    private static final int WAIT_SECONDS = 25;

    public void reply(Context ctx) {
        var credential = authentication.credential(ctx);
        var source = sources.reply(credential, ctx.pathParam("reply"), cursor(ctx));
        ReplyFormat.accepted(ctx, ReplyFormat.IDS);
        var wait = wait(ctx);
        try (var permit = streams.admit(credential)) {
            permit.read(source.reply().id());
            permit.open(source, new PollWire(ctx, source, streams.clock(), wait));
        }
    }

    public void notifications(Context ctx) {
        var credential = authentication.credential(ctx);
        ReplyFormat.accepted(ctx, ReplyFormat.IDS);
        var wait = wait(ctx);
        try (var permit = streams.admit(credential)) {
            var source = sources.notifications(credential, cursor(ctx));
            permit.open(source, new PollWire(ctx, source, streams.clock(), wait));
        }
    }

    private static Optional<String> cursor(Context ctx) {
        return Optional.ofNullable(ctx.queryParam("after"));
    }

    /// How long the reader is ready to wait.
    private static Duration wait(Context ctx) {
        var wait = Optional.ofNullable(ctx.queryParam("wait")).orElse(Integer.toString(WAIT_SECONDS));
        if (!wait.matches("\\d{1,9}") || Integer.parseInt(wait) > MAX_WAIT_SECONDS) {
            throw Refused.malformed("wait must be a whole number of seconds from 0 to 60.");
        }
        return Duration.ofSeconds(Integer.parseInt(wait));
    }
}
