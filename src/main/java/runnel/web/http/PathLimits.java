package runnel.web.http;

import java.util.Optional;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.http.UriCompliance.Violation;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/// What happens to a path before a router sees it. The one that `PUBLIC_URL` has is taken off, so that it does not matter whether a
/// proxy has done so; a path that no address of the server can have is refused before it is matched against anything.
public final class PathLimits extends Handler.Wrapper {
    /// An escape that no standard knows.
    static final String REFUSED = "%u0041";
    private static final int MAX_CHARACTERS = 512;
    private static final int MAX_SEGMENTS = 16;

    private final String base;

    /// @param base below which everything lives, as `/chat`, or nothing
    public PathLimits(String base) {
        this.base = base;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        boolean tooLong = isTooLong(request.getHttpURI().getPath());
        if (tooLong || request.getHttpURI().hasViolation(Violation.UTF16_ENCODINGS)) {
            Response.writeError(request, response, callback, tooLong ? HttpStatus.URI_TOO_LONG_414 : HttpStatus.BAD_REQUEST_400);
            return true;
        }
        if (base.isEmpty()) {
            return super.handle(request, response, callback);
        }
        var uri = request.getHttpURI();
        var served = below(uri).map(path -> Request.serveAs(request, HttpURI.build(uri).path(path))).orElse(request);
        return super.handle(served, response, callback);
    }

    private static boolean isTooLong(String path) {
        return path != null && (path.length() > MAX_CHARACTERS
                || path.chars().filter(character -> character == '/').count() > MAX_SEGMENTS);
    }

    /// The path below the base. One that leads out of it by `..` is not below.
    private Optional<String> below(HttpURI uri) {
        return uri.getPath() == null ? Optional.empty() : uri.getPath().equals(base) ? Optional.of("/") : Optional.of(uri.getPath())
                .filter(path -> path.startsWith(base + "/") && String.valueOf(uri.getCanonicalPath()).startsWith(base + "/"))
                .map(path -> path.substring(base.length()));
    }
}
