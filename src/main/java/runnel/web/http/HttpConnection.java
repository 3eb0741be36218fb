package runnel.web.http;

import io.javalin.http.Context;
import java.util.Set;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.io.EndPoint;

/// What an HTTP answer goes out on. The protocol has nothing to ask a reader for a sign of life with, but heartbeats keep
/// bytes on their way, and the kernel knows whether anybody acknowledges them.
public class HttpConnection implements Connection {
    public final EndPoint endPoint;

    public HttpConnection(Context ctx) {
        this.endPoint = ServletContextRequest.getServletContextRequest(ctx.req()).getConnectionMetaData().getConnection().getEndPoint();
    }

    @Override
    public boolean vanished(Set<Ends> unheard) {
        return !unheard.isEmpty() && unheard.contains(Ends.of(endPoint));
    }

    @Override
    public void cut() {
        endPoint.close();
    }
}
