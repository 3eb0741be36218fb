package runnel.web.http;

import java.nio.ByteBuffer;
import java.util.Set;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import runnel.chat.Refused;

/// What Jetty itself refuses, before any route sees it (a request line that is none, headers that are too large or come
/// too slowly), as a problem object like every other error, and without Jetty's words. Where not even the address can be read, nobody
/// knows whose form is wanted: then the problem object has the `error` of OpenAI's as well (RFC 9457, 3.2).
///
/// @param base the path below which everything lives, as `/chat`, or nothing
public record JettyProblems(RequestGuards guards, String base) implements Request.Handler {
    /// What Jetty takes for an address that it could not read.
    private static final Set<String> NO_ADDRESS = Set.of("/badMessage", "/badURI");

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        var problem = Problems.known(response.getStatus());
        var path = String.valueOf(request.getHttpURI().getPath());
        boolean openAi = OpenAiError.isFor(path.startsWith(base + "/") ? path.substring(base.length()) : path);
        var error = OpenAiError.json(new Refused(problem));
        var json = openAi ? error : NO_ADDRESS.contains(path) ? Problems.json(problem).setAll(error) : Problems.json(problem);
        var body = Json.bytes(json);
        guards.headers(request, response.getHeaders()::put);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, openAi ? "application/json" : "application/problem+json");
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
        response.getHeaders().put(HttpHeader.CONNECTION, "close"); // which Jetty does, as it has not read the request to its end
        response.write(true, ByteBuffer.wrap(body), callback);
        return true;
    }
}
