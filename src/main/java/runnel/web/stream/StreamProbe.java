package runnel.web.stream;

import io.javalin.http.Context;
import io.javalin.websocket.WsConfig;
import io.javalin.websocket.WsConnectContext;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Semaphore;
import runnel.chat.Refused;
import runnel.web.http.Handshake;
import runnel.web.http.HttpConnection;
import runnel.web.http.Json;
import runnel.web.http.ReplyFormat;
import runnel.web.http.RequestGuards;

/// A known pattern on each transport, without a model and without a reply: so many events in fixed gaps, each of which says
/// when it left. Whoever reads them sees what the network between does to a stream.
///
/// Anybody may ask, since a doctor has no account; so there are few at once, and none lasts long.
public final class StreamProbe {
    private static final int MAX_AT_ONCE = 8;
    private static final int MAX_BEATS = 20;
    private static final int MAX_GAP_MILLIS = 1_000;
    private static final int MAX_WAIT_SECONDS = 30;

    private final Semaphore places = new Semaphore(MAX_AT_ONCE);
    private final RequestGuards guards;

    public StreamProbe(RequestGuards guards) {
        this.guards = guards;
    }

    /// GET /api/inspect/beat
    public void stream(Context ctx) throws IOException {
        ReplyFormat.accepted(ctx, ReplyFormat.EVENTS);
        int count = number(ctx.queryParam("count"), 8, MAX_BEATS);
        int gap = number(ctx.queryParam("gap"), 250, MAX_GAP_MILLIS);
        try (var _ = taken()) {
            ctx.contentType("text/event-stream");
            HttpConnection.unbuffered(ctx);
            var out = ctx.res().getOutputStream();
            each(count, gap, (beat, json) -> {
                out.write(("id: " + beat + "\nevent: beat\ndata: " + json + "\n\n").getBytes(StandardCharsets.US_ASCII));
                ctx.res().flushBuffer();
            });
        }
    }

    /// GET /api/inspect/wait: answers after so many seconds, as a long poll without news does.
    public void late(Context ctx) throws IOException {
        int seconds = number(ctx.queryParam("seconds"), 3, MAX_WAIT_SECONDS);
        try (var _ = taken()) {
            pause(seconds * 1_000L);
            Json.answer(ctx, Json.object().put("waited", seconds));
        }
    }

    /// WebSocket /api/inspect/socket
    public void socket(WsConfig socket) {
        socket.onConnect(ctx -> Thread.startVirtualThread(() -> send(ctx)));
    }

    public void beforeUpgrade(Context ctx) {
        try {
            guards.check(ctx);
            Handshake.requireWellFormed(ctx);
        } catch (Refused refused) {
            Handshake.answer(ctx, refused);
            throw refused; // keeps Javalin from upgrading
        }
    }

    private void send(WsConnectContext ctx) {
        try (var _ = taken()) {
            each(number(ctx.queryParam("count"), 8, MAX_BEATS), number(ctx.queryParam("gap"), 250, MAX_GAP_MILLIS),
                    (_, json) -> ctx.send(json));
        } catch (Refused | IOException over) {
            // there is nobody to tell
        } finally {
            ctx.closeSession();
        }
    }

    private interface Sending {
        void beat(int beat, String json) throws IOException;
    }

    private static void each(int count, int gapMillis, Sending sending) throws IOException {
        long began = System.nanoTime();
        for (int beat = 0; beat < count; beat++) {
            long due = (long) beat * gapMillis;
            pause(due - (System.nanoTime() - began) / 1_000_000);
            sending.beat(beat, Json.write(Json.object().put("beat", beat).put("of", count)
                    .put("ms", (System.nanoTime() - began) / 1_000_000)));
        }
    }

    private static void pause(long millis) throws IOException {
        try {
            Thread.sleep(Math.max(0, millis));
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new IOException(stopping);
        }
    }

    private Closeable taken() {
        if (!places.tryAcquire()) {
            throw new Refused("too-many-streams", 429, "Too many streams",
                    "Others are being inspected. Try again in a moment.");
        }
        return places::release;
    }

    private static int number(String given, int usual, int most) {
        return given == null || !given.matches("\\d{1,9}") ? usual : Math.clamp(Integer.parseInt(given), 1, most);
    }
}
