package runnel.web.stream;

import io.javalin.http.Context;
import io.javalin.http.sse.SseClient;
import java.io.IOException;
import runnel.store.Notifications.Entry;
import runnel.web.http.Connection;
import runnel.web.http.HttpConnection;
import runnel.web.http.Json;

/// Notifications as `text/event-stream`.
final class NotificationSseWire implements NotificationWire {
    private final SseClient client;
    private final HttpConnection connection;

    NotificationSseWire(Context ctx) {
        SseRoutes.begin(ctx, "text/event-stream");
        this.client = SseRoutes.client(ctx);
        this.connection = new HttpConnection(ctx);
    }

    @Override
    public void open() {
        try {
            client.ctx().res().getOutputStream().print(SseWire.retry());
            client.sendComment("");
        } catch (IOException gone) {
            client.close();
        }
    }

    @Override
    public void tell(Entry entry) {
        client.sendEvent(NotificationJson.NAME, Json.write(NotificationJson.data(entry.told())), entry.place().toString());
    }

    @Override
    public void heartbeat() {
        client.sendComment("");
    }

    @Override
    public boolean gone() {
        return client.terminated();
    }

    /// The answer ends when its handler returns.
    @Override
    public void end() {}

    @Override
    public Connection connection() {
        return connection;
    }
}
