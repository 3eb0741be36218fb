package runnel.web;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.HandlerType;
import io.javalin.security.Roles;
import io.javalin.security.RouteRole;
import io.javalin.websocket.WsHandlerType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.eclipse.jetty.http.MimeTypes;
import runnel.chat.Counts;
import runnel.chat.End;
import runnel.chat.Status;
import runnel.reply.Replies;
import runnel.settings.Auth;
import runnel.settings.Settings;
import runnel.settings.StartupFailure;
import runnel.store.Database;
import runnel.store.chat.Presets;
import runnel.store.chat.Shares;
import runnel.store.chat.Uploads;
import runnel.store.reply.TokenUse;
import runnel.store.transfer.Imports;
import runnel.upstream.openai.Providers;
import runnel.web.account.AccountWiring;
import runnel.web.account.LinkAuthentication;
import runnel.web.http.Authorization;
import runnel.web.http.BindCheck;
import runnel.web.http.ClientAddress;
import runnel.web.http.Handshake;
import runnel.web.http.HeadRequests;
import runnel.web.http.HttpServer;
import runnel.web.http.Json;
import runnel.web.http.PageFiles;
import runnel.web.http.Problems;
import runnel.web.http.RequestGuards;
import runnel.web.openai.ChatCompletions;
import runnel.web.openai.OpenAiModels;
import runnel.web.openai.ResponseReaders;
import runnel.web.openai.ResponseRoutes;
import runnel.web.stream.EventJson;
import runnel.web.stream.StreamProbe;
import runnel.web.stream.StreamRoutes;
import runnel.web.stream.Streams;
import runnel.web.transfer.ImportRoutes;

/// The HTTP server: Javalin on Jetty, HTTP/1.1 (TLS and HTTP/2 belong to a proxy).
public final class WebServer implements AutoCloseable {
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
        this.accountWiring = AccountWiring.of(settings, clientAddress, database, replies, streams,
                () -> listening.site(port()));
        var authentication = accountWiring.authentication();
        var files = new PageFiles(settings.operation().publicDir(), listening.base());
        var guards = new RequestGuards(listening, files.inlineScriptHash(), clientAddress);
        var handshake = new Handshake(guards, accountWiring.authorization(), authentication);
        var reading = new StreamRoutes(authentication, handshake, replies, database, streams);
        var prompts = new PromptRoutes(authentication, replies, providers, presets, reading, listening.base());
        var problems = new Counts();
        var links = new LinkAuthentication(new Shares(database), clientAddress, settings.operation().sharing());
        var visits = new Handshake(guards, new Authorization(links, true, false), links);
        var chats = new ChatRoutes(authentication, database, replies);
        var routes = new Routes(guards, accountWiring.authorization(), problems, List.of(
                accountWiring.routes()::install,
                new Routes.OfReplies(prompts, new QueueRoutes(authentication, database, replies, prompts), reading)::install,
                new Routes.OfChats(chats, new MessageRoutes(authentication, database, imports),
                        new SearchRoutes(authentication, database),
                        new ImportRoutes(authentication, imports, presets, settings.operation().dataDir()),
                        new UploadRoutes(authentication, uploads, settings.operation().dataDir(),
                                settings.limits().uploads().bytes()))::install,
                new Routes.OfLinks(new ShareRoutes(authentication, links, database, imports, chats, listening.publicUrl()),
                        new StreamRoutes(links, visits, replies, database, streams), files)::install,
                new Routes.OfModels(new ModelRoutes(authentication, providers, new TokenUse(database)),
                        new PresetRoutes(authentication, presets))::install,
                new Routes.OfOpenAi(new OpenAiModels(authentication, providers),
                        new ChatCompletions(authentication, replies.relays(), providers, listening.heartbeat()),
                        new ResponseRoutes(authentication, database, replies, providers, uploads,
                                new ResponseReaders(replies, streams)))::install,
                new Routes.OfOperation(new OperationRoutes(replies, database),
                        ctx -> new Metrics(replies, streams, database, problems).answer(ctx), new StreamProbe(guards),
                        new ApiDocument(listening.base()))::install),
                files);
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
        config.router.javaLangErrorHandler(Problems::answer);
        config.events.serverStopping(streams::close);
        routes.install(config.routes);
        config.routes.after(ctx -> Optional.ofNullable(ctx.res().getHeader("Location")).filter(place -> place.startsWith("/api/"))
                .ifPresent(place -> ctx.header("Location", listening.base() + place)));
        new HttpServer(listening).configure(config, routes.guards());
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
