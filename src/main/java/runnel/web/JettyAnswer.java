package runnel.web;

import io.javalin.http.Context;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/// An HTTP answer written through Jetty's own non-blocking response, under the servlet: a reader that is caught up is
/// written to on the thread of the reply's writer, and one that does not read holds one pending write and nothing else.
final class JettyAnswer extends HttpConnection {
    private final CompletableFuture<Void> over = new CompletableFuture<>();
    private final Response response;

    /// Takes the answer over from the servlet; its headers must be set by now, and nothing else may write to it.
    JettyAnswer(Context ctx) {
        super(ctx);
        this.response = innermost(ServletContextRequest.getServletContextRequest(ctx.req()).getServletContextResponse());
        ctx.future(() -> over);
    }

    /// What wraps it does nothing for bytes, but does it for each write.
    private static Response innermost(Response response) {
        return response instanceof Response.Wrapper wrapper ? innermost(wrapper.getWrapped()) : response;
    }

    void write(ByteBuffer bytes, Callback done) {
        response.write(false, bytes, done);
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
