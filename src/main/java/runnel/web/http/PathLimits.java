package runnel.web.http;

import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/// Refuses a path that no address of the server can have, before a router matches it against anything.
public final class PathLimits extends Handler.Wrapper {
    private static final int MAX_CHARACTERS = 512;
    private static final int MAX_SEGMENTS = 16;

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        if (isTooLong(request.getHttpURI().getPath())) {
            Response.writeError(request, response, callback, HttpStatus.URI_TOO_LONG_414);
            return true;
        }
        return super.handle(request, response, callback);
    }

    private static boolean isTooLong(String path) {
        return path != null && (path.length() > MAX_CHARACTERS
                || path.chars().filter(character -> character == '/').count() > MAX_SEGMENTS);
    }
}
