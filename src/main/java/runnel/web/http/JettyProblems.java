package runnel.web.http;

import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import runnel.chat.Refused;

/// What Jetty itself refuses, before any route sees it (a request line that is none, headers that are too large or come
/// too slowly), as a problem object like every other error, and without Jetty's words.
///
/// @param base the path below which everything lives, as `/chat`, or nothing
public record JettyProblems(RequestGuards guards, String base) implements Request.Handler {
    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        var problem = Problems.known(response.getStatus());
        var path = String.valueOf(request.getHttpURI().getPath());
        boolean openAi = OpenAiError.isFor(path.startsWith(base + "/") ? path.substring(base.length()) : path);
        var body = Json.bytes(openAi ? OpenAiError.json(new Refused(problem)) : Problems.json(problem));
        guards.headers(request, response.getHeaders()::put);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, openAi ? "application/json" : "application/problem+json");
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
        response.getHeaders().put(HttpHeader.CONNECTION, "close"); // which Jetty does, as it has not read the request to its end
        response.write(true, ByteBuffer.wrap(body), callback);
        return true;
    }
}
