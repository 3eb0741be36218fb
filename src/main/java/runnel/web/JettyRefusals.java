package runnel.web;

import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/// Answers what Jetty refuses before the routes see it, such as a malformed request line: as a problem object like
/// every other error, instead of a page that names Jetty and quotes its parser.
final class JettyRefusals implements Request.Handler {
    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        var problem = Problems.known(response.getStatus());
        response.setStatus(problem.status());
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/problem+json");
        response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
        response.getHeaders().put("X-Content-Type-Options", "nosniff");
        response.getHeaders().put("Content-Security-Policy", "default-src 'none'");
        response.write(true, ByteBuffer.wrap(Json.bytes(Problems.json(problem))), callback);
        return true;
    }
}
