package runnel.web;

import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import io.javalin.http.HandlerType;
import io.javalin.plugin.bundled.CorsPluginConfig.CorsRule;
import io.javalin.security.Roles;
import io.javalin.security.RouteRole;
import io.javalin.websocket.WsHandlerType;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.SessionHandler;
import org.eclipse.jetty.http.MimeTypes;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.websocket.core.server.WebSocketServerComponents;
import runnel.chat.Counts;
import runnel.chat.End;
import runnel.chat.Status;
import runnel.reply.Replies;
import runnel.settings.Auth;
import runnel.settings.Settings;
import runnel.settings.StartupFailure;
import runnel.store.Database;
import runnel.store.Imports;
import runnel.store.Presets;
import runnel.store.Shares;
import runnel.store.TokenUse;
import runnel.store.Uploads;
import runnel.upstream.openai.Providers;
import runnel.web.account.AccountOptions;
import runnel.web.account.AccountWiring;
import runnel.web.account.LinkAuthentication;
import runnel.web.http.Authorization;
import runnel.web.http.BindCheck;
import runnel.web.http.ClientAddress;
import runnel.web.http.Handshake;
import runnel.web.http.HeadRequests;
import runnel.web.http.JettyProblems;
import runnel.web.http.Json;
import runnel.web.http.PageFiles;
import runnel.web.http.PathLimits;
import runnel.web.http.PatientConnector;
import runnel.web.http.Problems;
import runnel.web.http.RequestGuards;
import runnel.web.http.SpoolFile;
import runnel.web.openai.ChatCompletions;
import runnel.web.openai.OpenAiModels;
import runnel.web.openai.ResponseRoutes;
import runnel.web.stream.EventJson;
import runnel.web.stream.PollRoutes;
import runnel.web.stream.Sources;
import runnel.web.stream.SseRoutes;
import runnel.web.stream.StreamProbe;
import runnel.web.stream.Streams;
import runnel.web.stream.WebSocketRoutes;

/// The HTTP server: Javalin on Jetty, HTTP/1.1 (TLS and HTTP/2 belong to a proxy).
public final class WebServer implements AutoCloseable {
    private static final int OUTPUT_BUFFER = 4 << 10;
    /// What the kernel keeps for a reader that does not read.
    private static final int SEND_BUFFER = 32 << 10;
    private static final long MIN_IDLE_MILLIS = 30_000;
    private static final int PREFLIGHT_SECONDS = 600;
    private static final int PLATFORM_THREADS = 4;

    private final Settings.Listening listening;
    private final Javalin javalin;
    private final Streams streams;
    private final AccountWiring accountWiring;

    public WebServer(Settings settings, Database database, Imports imports, Presets presets, Replies replies,
            Providers providers) {
        this.listening = settings.listening();
        this.streams = streams(settings);
        var uploads = new Uploads(database, settings.limits().uploads());
        var clientAddress = new ClientAddress(listening.trustedProxies(), listening.publicUrl());
        this.accountWiring = new AccountWiring(AccountOptions.of(settings), clientAddress, database, replies, streams,
                () -> listening.site(port()));
        var authentication = accountWiring.authentication();
        var files = new PageFiles(settings.operation().publicDir(), listening.base());
        var sources = new Sources(replies, database);
        var reading = new SseRoutes(authentication, sources, streams);
        var guards = new RequestGuards(listening, files.inlineScriptHash(), clientAddress);
        var handshake = new Handshake(guards, accountWiring.authorization(), authentication);
        var prompts = new PromptRoutes(authentication, replies, providers, presets, reading, listening.base());
        var problems = new Counts();
        var links = new LinkAuthentication(new Shares(database), clientAddress, settings.operation().sharing());
        var visits = new Handshake(guards, new Authorization(links, true, false), links);
        var chats = new ChatRoutes(authentication, database, replies);
        var routes = new Routes(guards, accountWiring.authorization(), problems, List.of(
                accountWiring.routes()::install,
                new Routes.OfReplies(prompts, new QueueRoutes(authentication, database, replies, prompts), reading,
                        new PollRoutes(authentication, sources, streams), new WebSocketRoutes(handshake, sources, streams)),
                new Routes.OfChats(chats, new MessageRoutes(authentication, database, imports),
                        new SearchRoutes(authentication, database),
                        new ImportRoutes(authentication, imports, presets, settings.operation().dataDir()),
                        new UploadRoutes(authentication, uploads, settings.operation().dataDir(), settings.limits().uploads().bytes())),
                new Routes.OfLinks(new ShareRoutes(authentication, links, database, imports, chats, listening.publicUrl()),
                        new SharedFiles(links, uploads), new SseRoutes(links, sources, streams), new PollRoutes(links, sources, streams),
                        new WebSocketRoutes(visits, sources, streams), files),
                new Routes.OfModels(new ModelRoutes(authentication, providers), new UsageRoutes(authentication, new TokenUse(database)),
                        new PresetRoutes(authentication, presets)),
                new Routes.OfOpenAi(new OpenAiModels(authentication, providers),
                        new ChatCompletions(authentication, replies.relays(), providers, listening.heartbeat()),
                        new ResponseRoutes(authentication, database, replies, providers, uploads, streams)),
                new Routes.OfOperation(new AnnouncementRoutes(database), new Health(replies, database),
                        new Metrics(replies, streams, database, problems), new StreamProbe(guards), new ApiDocument(listening.base()))),
                files);
        SpoolFile.removeLeft(settings.operation().dataDir());
        this.javalin = Javalin.create(config -> configure(config, routes));
        HeadRequests.install(javalin.unsafe.internalRouter);
    }

    /// Where there are no accounts, one person has them all.
    private static Streams streams(Settings settings) {
        var limits = settings.limits();
        return new Streams(settings.listening().heartbeat(), limits.streams(),
                settings.people().auth() == Auth.NONE ? limits.streams() : limits.streamsPerUser(), limits.readersPerReply());
    }

    private void configure(JavalinConfig config, Routes routes) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.startup.startupWatcherEnabled = false;
        config.concurrency.useVirtualThreads = true;
        config.http.prefer405over404 = true;
        config.http.compressionStrategy = CompressionStrategy.NONE;
        config.jetty.threadPool = threads();
        config.jetty.modifyHttpConfiguration(WebServer::frugal);
        config.jetty.modifyServer(server -> server.setErrorHandler(new JettyProblems(routes.guards(), listening.base())));
        // in place of Javalin's statistics, which cost at each write
        config.jetty.modifyServer(server -> server.setHandler(new PathLimits(listening.base())));
        config.router.javaLangErrorHandler(Problems::answer);
        config.jetty.modifyServletContextHandler(context -> forgetful(context.getSessionHandler()));
        config.jetty.modifyServletContextHandler(context -> context.addServletContainerInitializer((_, _) -> uncompressed(context)));
        config.jetty.addConnector((server, http) -> connector(server, http));
        config.events.serverStopping(streams::close);
        routes.install(config.routes);
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

    /// Loads most of what listening and the first answers take, which can be done ahead, on another thread.
    public static void prepare() {
        MimeTypes.DEFAULTS.getMimeByExtension("page.html");
        Javalin.create(config -> {
            config.startup.showJavalinBanner = false;
            config.routes.get("/", _ -> {});
        });
        Json.parse(Json.bytes(EventJson.end(End.of(Status.COMPLETE))));
    }

    /// Starts listening; requests are answered when this returns.
    ///
    /// @throws runnel.settings.StartupFailure where the address cannot be listened on
    public void start() {
        requireDistinctBase();
        BindCheck.require(listening);
        accountWiring.welcome();
        javalin.start();
    }

    /// Where the base begins as an address of the server does, nobody could tell whether a proxy has taken it off.
    private void requireDistinctBase() {
        var first = listening.base().split("/", 3);
        if (first.length > 1 && routes().keySet().stream().anyMatch(route -> route.split("/", 3)[1].equals(first[1]))) {
            throw StartupFailure.because("PUBLIC_URL=" + listening.site(0) + " has a path that begins as an address of the server does. "
                    + "Choose another than /" + first[1] + ".");
        }
    }

    /// Method and path of every route but the [HeadRequests], and who may come, for the tests that compare them with the API's document.
    public Map<String, Set<RouteRole>> routes() {
        var routes = new TreeMap<String, Set<RouteRole>>();
        javalin.unsafe.internalRouter.allHttpHandlers().stream().map(parsed -> parsed.endpoint)
                .filter(route -> route.method.isHttpMethod() && route.method != HandlerType.HEAD)
                .forEach(route -> routes.put(route.method.name() + " " + route.path.replace('<', '{').replace('>', '}'),
                        route.metadata(Roles.class).getRoles()));
        javalin.unsafe.internalRouter.allWsHandlers().stream().filter(route -> route.getType() == WsHandlerType.WEBSOCKET)
                .forEach(route -> routes.put("GET " + route.getPath(), route.getRoles()));
        return routes;
    }

    /// What it is made of, for tests that hear all it says.
    public Javalin javalin() {
        return javalin;
    }

    /// How many streams, sockets and waiting polls are open, for tests that wait for them.
    public int readers() {
        return streams.size();
    }

    public int port() {
        return javalin.port();
    }

    /// Ends what is open and stops listening.
    @Override
    public void close() {
        javalin.stop();
        accountWiring.close();
    }
}
