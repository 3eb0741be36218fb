package runnel.web.http;

import io.javalin.http.Context;
import java.util.Collections;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import org.eclipse.jetty.server.Request;
import runnel.chat.Refused;
import runnel.settings.Hosts;
import runnel.settings.Settings;

/// What every request passes before anything looks at it, and the headers that every answer has.
public final class RequestGuards {
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final Pattern HOST = Pattern.compile("([^\\s/:@\\[\\]]+|\\[[0-9a-f:.]+])(:\\d{1,5})?");
    /// For answers that are no documents: a shorter policy, by which what is shown by itself may do nothing.
    private static final String NO_DOCUMENT = "default-src 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'";
    public static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");

    private final Set<String> names = new HashSet<>(LOOPBACK);
    private final Optional<String> publicOrigin;
    private final Set<String> allowedOrigins;
    private final boolean literals;
    /// For the documents that have a service worker, whose address is the one that must be trusted.
    private final String withWorker;
    private final Map<String, String> headers;
    private final ClientAddress clientAddress;

    /// @param script the hash of the one script that stands in the page's documents
    public RequestGuards(Settings.Listening listening, Optional<String> script, ClientAddress clientAddress) {
        this.clientAddress = clientAddress;
        this.allowedOrigins = Set.copyOf(listening.allowedOrigins());
        var host = listening.host();
        var publicUrl = listening.publicUrl();
        names.add(host.toLowerCase(Locale.ROOT));
        publicUrl.ifPresent(url -> names.add(Hosts.of(url).toLowerCase(Locale.ROOT)));
        this.publicOrigin = publicUrl.map(url -> url.getScheme() + "://" + url.getRawAuthority());
        this.literals = !Hosts.isLoopback(host);
        var policy = "default-src 'none'; script-src 'self'" + script.map(hash -> " 'sha256-" + hash + "'").orElse("")
                + "; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; frame-src 'self'; manifest-src 'self'"
                + "; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types ";
        this.withWorker = policy + "worker";
        this.headers = Map.of("Content-Security-Policy", policy + "'none'", "X-Content-Type-Options", "nosniff",
                "Referrer-Policy", "no-referrer", "X-Frame-Options", "DENY",
                "Cross-Origin-Opener-Policy", "same-origin", "Cross-Origin-Resource-Policy", "same-origin",
                "Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()", "Cache-Control", "no-store");
    }

    public void check(Context ctx) {
        new HttpConnection(ctx).countFor(clientAddress.address(ctx));
        headers(ctx);
        host(ctx);
        site(ctx);
        coding(ctx);
    }

    private void headers(Context ctx) {
        headers(clientAddress.secure(ctx), ctx::header);
        var path = ctx.path();
        if (path.startsWith("/a/") || path.startsWith("/api/") && !path.equals("/api/docs")) {
            ctx.header("Content-Security-Policy", NO_DOCUMENT);
        } else if (path.equals("/") || path.equals("/index.html") || path.startsWith("/c/")) {
            ctx.header("Content-Security-Policy", withWorker);
        }
    }

    /// What every answer has, that of a request which nobody could understand too.
    ///
    /// @param set takes each header's name and value
    void headers(Request request, BiConsumer<String, String> set) {
        headers(clientAddress.secure(request), set);
    }

    private void headers(boolean secure, BiConsumer<String, String> set) {
        headers.forEach(set);
        if (secure) {
            set.accept("Strict-Transport-Security", "max-age=31536000");
        }
    }

    /// Against DNS rebinding: a page of another name that points its name here is refused. An address in figures cannot be
    /// pointed anywhere, so it passes where the server is meant to be reached from outside.
    private void host(Context ctx) {
        var header = Optional.ofNullable(ctx.header("Host")).orElse("").toLowerCase(Locale.ROOT);
        var parts = HOST.matcher(header);
        var name = parts.matches() ? parts.group(1) : "";
        if (!names.contains(name) && !(literals && Hosts.address(name).isPresent())) {
            throw new Refused("wrong-host", 421, "Wrong host",
                    "This server does not answer to that name. If it should, set PUBLIC_URL to the address that people type.");
        }
    }

    /// Against other sites: what their pages make a browser send is refused, except to follow a link to the page.
    private void site(Context ctx) {
        var site = ctx.header("Sec-Fetch-Site");
        if (site != null) {
            boolean ours = site.equals("same-origin") || site.equals("none");
            boolean link = SAFE.contains(ctx.req().getMethod()) && "navigate".equals(ctx.header("Sec-Fetch-Mode"))
                    && !isApi(ctx);
            if (!ours && !link && !isAllowed(ctx)) {
                throw crossSite();
            }
        } else if (ctx.header("Origin") != null && !sameOrigin(ctx) && !isFile(ctx) && !isAllowed(ctx)) {
            throw crossSite();
        }
    }

    private boolean sameOrigin(Context ctx) {
        var origin = ctx.header("Origin");
        int scheme = origin.indexOf("://");
        return scheme > 0 && (origin.substring(scheme + 3).equalsIgnoreCase(ctx.header("Host"))
                || publicOrigin.filter(origin::equalsIgnoreCase).isPresent());
    }

    private static boolean isApi(Context ctx) {
        return ctx.path().startsWith("/api/") || OpenAiError.isFor(ctx.path());
    }

    /// Whether a page asks that the operator lets use the API. It must not come with cookies, and whatever changes something, a login
    /// too, takes a token: so no browser is made to act as somebody who is logged in.
    private boolean isAllowed(Context ctx) {
        var origin = ctx.header("Origin");
        return origin != null && allowedOrigins.contains(origin.toLowerCase(Locale.ROOT)) && isApi(ctx) && ctx.header("Cookie") == null
                && (SAFE.contains(ctx.req().getMethod())
                || String.valueOf(ctx.header("Authorization")).regionMatches(true, 0, "Bearer ", 0, 7));
    }

    /// The page's own files are the same for everybody. Without TLS a browser says only the origin of its modules and fonts, which
    /// behind a proxy that replaces `Host` looks like another site's.
    private static boolean isFile(Context ctx) {
        var path = ctx.path();
        boolean inRoot = path.lastIndexOf('/') == 0 && path.contains(".");
        return SAFE.contains(ctx.req().getMethod()) && (inRoot || PageFiles.FOLDERS.stream().anyMatch(path::startsWith));
    }

    /// A small body that is packed may be a large one (RFC 9110, 15.5.16), and one of a transfer coding that is not undone is another
    /// (RFC 9112, 6.1).
    private static void coding(Context ctx) {
        if (!"chunked".equalsIgnoreCase(all(ctx, "Transfer-Encoding").orElse("chunked"))) {
            ctx.header("Connection", "close");
            throw new Refused(Problems.known(501));
        }
        if (!"identity".equalsIgnoreCase(all(ctx, "Content-Encoding").orElse("identity"))) {
            ctx.header("Accept-Encoding", "identity");
            throw new Refused("unsupported-encoding", 415, "Unsupported encoding", "Send the body as it is, without Content-Encoding.");
        }
    }

    private static Optional<String> all(Context ctx, String header) {
        return Collections.list(ctx.req().getHeaders(header)).stream().reduce((one, next) -> one + "," + next).map(String::strip);
    }

    private static Refused crossSite() {
        return new Refused("cross-site", 403, "Cross-site",
                "Requests from pages of other sites are refused. If this is the server's own page, set PUBLIC_URL to the address "
                        + "that people type. Pages of ALLOWED_ORIGINS may use the API with a bearer token, and without cookies.");
    }
}
