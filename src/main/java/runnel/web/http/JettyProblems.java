package runnel.web.http;

import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/// What Jetty itself refuses, before any route sees it (a request line that is none, headers that are too large or come
/// too slowly), as a problem object like every other error, and without Jetty's words.
public final class JettyProblems implements Request.Handler {
    private final RequestGuards guards;

    public JettyProblems(RequestGuards guards) {
        this.guards = guards;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        int status = response.getStatus();
        var body = Json.bytes(Problems.json(Problems.known(status)));
        guards.headers(request, response.getHeaders()::put);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/problem+json");
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
        response.getHeaders().put(HttpHeader.CONNECTION, "close"); // which Jetty does, as it has not read the request to its end
        response.write(true, ByteBuffer.wrap(body), callback);
        return true;
    }
}
