package runnel.web.stream;

import io.javalin.http.Context;
import java.io.EOFException;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import runnel.web.http.HttpConnection;

/// An HTTP answer that is written through Jetty's own non-blocking [Response#write], under the servlet: a reader that is caught
/// up is written to on the thread of the reply's writer, and one that does not read holds one pending write and nothing else.
/// The last byte is left to Jetty, when Javalin has ended the request.
public final class JettyAnswer {
    private final AtomicBoolean over = new AtomicBoolean();
    private final Request request;
    private final Response response;
    private final HttpConnection connection;
    private final Runnable complete;

    /// Takes the answer over from the servlet; its headers must be set by now, and nothing else may write to it.
    ///
    /// @param complete ends the request, which must have been made to wait for that
    JettyAnswer(Context ctx, Runnable complete) {
        var servlet = ServletContextRequest.getServletContextRequest(ctx.req());
        this.request = servlet;
        this.response = servlet.getServletContextResponse();
        this.connection = new HttpConnection(ctx);
        this.complete = complete;
        connection.countForNobody(); // an EventStream does it
    }

    /// Makes the request wait.
    public static JettyAnswer waiting(Context ctx) {
        var completed = new CompletableFuture<Void>();
        ctx.future(() -> completed);
        return new JettyAnswer(ctx, () -> completed.complete(null));
    }

    /// @param gone is run when the answer has left, or its connection is gone
    public void begin(Runnable gone) {
        Request.addCompletionListener(request, _ -> {
            over.set(true);
            gone.run();
        });
    }

    /// Writes once the write before is done.
    public void write(ByteBuffer bytes, Callback done) {
        if (over.get()) {
            done.failed(new EOFException());
        } else {
            response.write(false, bytes, done);
        }
    }

    /// Ends it in good order, once. What Javalin then does must not happen inside of a write or of an abort of Jetty's, which
    /// recycles the request behind it, and not at all to a request that Jetty has completed by itself.
    public void end() {
        if (!over.getAndSet(true)) {
            Thread.startVirtualThread(complete);
        }
    }

    /// Ends it with all that it is. Whoever brings the end has others to tell, so that is put together on another thread.
    public void end(Supplier<byte[]> body) {
        Thread.startVirtualThread(() -> {
            try {
                write(ByteBuffer.wrap(body.get()), Callback.from(this::end, _ -> end()));
            } catch (RuntimeException | Error fault) { // no memory, say
                cut();
                throw fault;
            }
        });
    }

    public void cut() {
        connection.cut();
        end();
    }

    /// Breaks the connection so that nobody takes the half for the whole.
    public void breakOff() {
        connection.breakOff();
        end();
    }

    /// The same behind what was just written.
    public void breakOffOnceRead() {
        Thread.startVirtualThread(() -> {
            connection.breakOffOnceRead();
            end();
        });
    }
}
