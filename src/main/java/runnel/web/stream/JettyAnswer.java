package runnel.web.stream;

import io.javalin.http.Context;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import runnel.web.http.HttpConnection;

/// An HTTP answer written through Jetty's own non-blocking parts, under the servlet: a reader that is caught up is written to
/// on the thread of the reply's writer, and one that does not read holds one pending write and nothing else.
///
/// The first frame goes through Jetty's response, which writes the head of the answer before it. Those behind it go to the
/// connection as they are, each in one buffer that is a chunk already where the answer has chunks; the last one is Jetty's.
final class JettyAnswer extends HttpConnection {
    private final CompletableFuture<Void> over = new CompletableFuture<>();
    private final ConnectionMetaData connection;
    private final Response response;
    /// What takes bytes without Jetty, or null.
    private final SocketChannelEndPoint socket;
    private boolean begun;
    // How what follows the head goes out, once that has.
    private boolean resumes;
    private boolean chunked;

    /// Takes the answer over from the servlet; its headers must be set by now, and nothing else may write to it.
    JettyAnswer(Context ctx) {
        super(ctx);
        var request = ServletContextRequest.getServletContextRequest(ctx.req());
        this.connection = request.getConnectionMetaData();
        this.socket = endPoint instanceof SocketChannelEndPoint channel ? channel : null;
        this.response = innermost(request.getServletContextResponse());
        ctx.future(() -> over);
    }

    /// What wraps it does nothing for bytes, but does it for each write.
    private static Response innermost(Response response) {
        return response instanceof Response.Wrapper wrapper ? innermost(wrapper.getWrapped()) : response;
    }

    /// Writes once the write before is done. An answer takes frames or bytes, not both.
    void write(Frame frame, Callback done) {
        if (!begun) {
            begun = true;
            write(frame.bytes(), done);
            return;
        }
        if (!resumes) {
            resumes = true;
            chunked = chunked();
        }
        send(chunked ? frame.chunk() : frame.bytes(), done);
    }

    void write(ByteBuffer bytes, Callback done) {
        response.write(false, bytes, done);
    }

    /// Nearly always the kernel takes all of it at once; only for the rest it takes Jetty, which waits for room.
    private void send(ByteBuffer bytes, Callback done) {
        try {
            if (socket != null && socket.getChannel().write(bytes) > 0) {
                socket.notIdle();
            }
        } catch (IOException gone) {
            done.failed(gone);
            return;
        }
        if (bytes.hasRemaining()) {
            endPoint.write(done, bytes);
        } else {
            done.succeeded();
        }
    }

    /// An answer of unknown length ends with a last chunk, or else with its connection (RFC 9112, 6.3).
    private boolean chunked() {
        return connection.getHttpVersion() == HttpVersion.HTTP_1_1 && connection.isPersistent();
    }

    void end() {
        over.complete(null);
    }

    @Override
    public void cut() {
        super.cut();
        over.complete(null);
    }
}
