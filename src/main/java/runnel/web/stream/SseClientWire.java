package runnel.web.stream;

import io.javalin.http.sse.SseClient;
import java.io.IOException;
import org.eclipse.jetty.util.Callback;
import runnel.chat.ReplyEvent;
import runnel.web.http.Connection;
import runnel.web.http.HttpConnection;
import runnel.web.http.Json;

/// The plain way to write `text/event-stream`: Javalin's [SseClient]. Its writes block, so each has a virtual thread.
final class SseClientWire implements Wire {
    private final SseClient client;
    private final Connection connection;

    SseClientWire(SseClient client) {
        this.client = client;
        this.connection = new HttpConnection(client.ctx()) {
            @Override
            public void cut() {
                super.cut();
                client.close();
            }
        };
        client.ctx().res().setCharacterEncoding("UTF-8"); // what the client prints is Latin-1 otherwise
        client.keepAlive();
    }

    @Override
    public String transport() {
        return "sse";
    }

    @Override
    public void event(ReplyEvent event, Callback done) {
        Thread.startVirtualThread(() -> {
            if (event instanceof ReplyEvent.Start) {
                retry();
            }
            client.sendEvent(EventJson.name(event), Json.write(EventJson.data(event)), event.cursor().toString());
            done(done);
        });
    }

    /// The client has no call for it; the line belongs to the frame that comes next.
    private void retry() {
        try {
            client.ctx().res().getOutputStream().print(SseWire.retry());
        } catch (IOException gone) {
            client.close();
        }
    }

    @Override
    public void heartbeat(Callback done) {
        Thread.startVirtualThread(() -> {
            client.sendComment("");
            done(done);
        });
    }

    private void done(Callback done) {
        if (client.terminated()) {
            done.failed(new IOException("the reader has gone"));
        } else {
            done.succeeded();
        }
    }

    @Override
    public void end() {
        client.close();
    }

    @Override
    public Connection connection() {
        return connection;
    }
}
