package runnel.web.http;

import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import io.javalin.plugin.bundled.CorsPluginConfig.CorsRule;
import java.nio.ByteBuffer;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.SessionHandler;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.websocket.core.server.WebSocketServerComponents;
import runnel.chat.Refused;
import runnel.settings.Settings;

/// How Javalin and Jetty are set: for many connections that stay open and say little, and for strangers.
public record HttpServer(Settings.Listening listening) {
    private static final int OUTPUT_BUFFER = 4 << 10;
    /// What the kernel keeps for a reader that does not read.
    private static final int SEND_BUFFER = 32 << 10;
    private static final long MIN_IDLE_MILLIS = 30_000;
    private static final int PREFLIGHT_SECONDS = 600;
    private static final int PLATFORM_THREADS = 4;

    public void configure(JavalinConfig config, RequestGuards guards) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.startup.startupWatcherEnabled = false;
        config.concurrency.useVirtualThreads = true;
        config.http.prefer405over404 = true;
        config.http.compressionStrategy = CompressionStrategy.NONE;
        config.jetty.threadPool = threads();
        config.jetty.modifyHttpConfiguration(HttpServer::frugal);
        config.jetty.modifyServer(server -> server.setErrorHandler(new JettyProblems(guards, listening.base())));
        // in place of Javalin's statistics, which cost at each write
        config.jetty.modifyServer(server -> server.setHandler(new PathLimits(listening.base())));
        config.jetty.modifyServletContextHandler(context -> forgetful(context.getSessionHandler()));
        config.jetty.modifyServletContextHandler(context -> context.addServletContainerInitializer((_, _) -> uncompressed(context)));
        config.jetty.addConnector(this::connector);
        if (!listening.allowedOrigins().isEmpty()) {
            config.bundledPlugins.enableCors(cors -> Stream.of("/api/*", "/v1/*").forEach(path -> cors.addRule(rule -> allow(rule, path))));
            config.routes.beforeMatched(ctx -> ctx.status(200)); // the plugin makes it a 400 for the page's own origin
        }
    }

    private void allow(CorsRule rule, String path) {
        rule.path = path;
        rule.maxAge = PREFLIGHT_SECONDS;
        listening.allowedOrigins().forEach(rule::allowHost);
        Stream.of("Location", "Retry-After", "WWW-Authenticate", "Content-Disposition").forEach(rule::exposeHeader);
    }

    private static void frugal(HttpConfiguration http) {
        http.setOutputBufferSize(OUTPUT_BUFFER);
        http.setHeaderCacheSize(0); // it takes 130 KB of each connection that brings a second request, as a page's does
    }

    /// The selector stays on a platform thread, which it would hold anyhow; requests run on virtual ones. The fewer threads there
    /// are besides, the fewer must be woken for a connection.
    private static QueuedThreadPool threads() {
        System.setProperty("org.eclipse.jetty.util.referencesPerCacheLine", "16"); // else it starts JMX to find out
        var pool = new QueuedThreadPool(PLATFORM_THREADS, 2);
        pool.setName("http");
        pool.setReservedThreads(0);
        pool.setVirtualThreadsExecutor(Executors.newVirtualThreadPerTaskExecutor());
        return pool;
    }

    /// Javalin begins a servlet session for every WebSocket; nobody may be followed by it, and it need not last.
    private static void forgetful(SessionHandler sessions) {
        sessions.setUsingCookies(false);
        sessions.setMaxInactiveInterval(1);
    }

    /// A WebSocket's frames are as plain as events are: to compress each token takes time, and tells a listener what it repeats.
    private static void uncompressed(ServletContextHandler context) {
        WebSocketServerComponents.ensureWebSocketComponents(context.getServer(), context).getExtensionRegistry()
                .unregister("permessage-deflate");
    }

    private ServerConnector connector(Server server, HttpConfiguration http) {
        var connector = new PatientConnector(server, http, listening.heartbeat().multipliedBy(2));
        connector.setHost(listening.host());
        connector.setPort(listening.port());
        connector.setAcceptedSendBufferSize(SEND_BUFFER);
        connector.setAcceptQueueSize(4_096);
        connector.setIdleTimeout(Math.max(MIN_IDLE_MILLIS, 3 * listening.heartbeat().toMillis()));
        return connector;
    }

    /// What Jetty itself refuses, before any route sees it (a request line that is none, headers that are too large or come
    /// too slowly), as a problem object like every other error, and without Jetty's words. Where not even the address can be read, nobody
    /// knows whose form is wanted: then the problem object has the `error` of OpenAI's as well (RFC 9457, 3.2).
    ///
    /// @param base the path below which everything lives, as `/chat`, or nothing
    private record JettyProblems(RequestGuards guards, String base) implements Request.Handler {
        /// What Jetty takes for an address that it could not read.
        private static final Set<String> NO_ADDRESS = Set.of("/badMessage", "/badURI");

        @Override
        public boolean handle(Request request, Response response, Callback callback) {
            if (response.getStatus() == HttpStatus.UPGRADE_REQUIRED_426) { // Jetty's for HTTP/2.0, without the Upgrade that it takes
                response.setStatus(HttpStatus.HTTP_VERSION_NOT_SUPPORTED_505);
            }
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
}
