package runnel.web.http;

import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.http.MethodNotAllowedResponse;
import io.javalin.router.Endpoint;
import io.javalin.router.InternalRouter;
import io.javalin.security.Roles;
import java.util.Map;
import java.util.Set;

/// HEAD is answered as GET is, by the same route with the same [Access]; Jetty leaves the body out. (Javalin's own answer is an
/// empty 200, whether there is anything or not, and for a route that it gives no access.)
///
/// What streams or waits takes no HEAD, since it would begin.
public final class HeadRequests {
    private static final Set<String> WAITING = Set.of("/api/sse/{reply}", "/api/poll/{reply}", "/api/events", "/api/events/poll",
            "/api/inspect/beat", "/api/inspect/wait", "/api/shares/{share}/sse/{reply}", "/api/shares/{share}/poll/{reply}");

    private HeadRequests() {}

    /// Adds one to every GET that is there.
    public static void install(InternalRouter router) {
        router.allHttpHandlers().stream().map(parsed -> parsed.endpoint)
                .filter(get -> get.method == HandlerType.GET && !WAITING.contains(get.path)).toList()
                .forEach(get -> router.addHttpEndpoint(Endpoint.create(HandlerType.HEAD, get.path)
                        .addMetadata(get.metadata(Roles.class)).handler(get.handler)));
    }

    /// Stands before [Authorization]: Javalin takes a HEAD that has no route for matched where a GET has one.
    public static void check(Context ctx) {
        if (ctx.method() == HandlerType.HEAD && ctx.endpoints().matchedHttpEndpoint() == null) {
            throw new MethodNotAllowedResponse("", Map.of("availableMethods", "GET"));
        }
    }
}
