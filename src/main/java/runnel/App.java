package runnel;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import runnel.chat.Clock;
import runnel.chat.FaultLog;
import runnel.chat.Preset;
import runnel.reply.Replies;
import runnel.reply.ReplyDefaults;
import runnel.settings.Auth;
import runnel.settings.PresetFolder;
import runnel.settings.Provider;
import runnel.settings.Settings;
import runnel.store.Database;
import runnel.store.SqliteDatabase;
import runnel.store.account.Accounts;
import runnel.store.chat.Deletion;
import runnel.store.chat.PendingTexts;
import runnel.store.chat.Presets;
import runnel.store.chat.Uploads;
import runnel.store.folder.DataFolder;
import runnel.store.reply.ModelLessons;
import runnel.store.transfer.Imports;
import runnel.upstream.demo.DemoServer;
import runnel.upstream.openai.Discovery;
import runnel.upstream.openai.Endpoint;
import runnel.upstream.openai.OpenAiUpstream;
import runnel.upstream.openai.Providers;
import runnel.web.WebServer;

/// The whole server, wired by hand.
public final class App {
    private static final int MANY_TEXTS = 1_000;

    private final Settings settings;
    private final DataFolder folder;
    private final Database database;
    private final Optional<DemoServer> demo;
    private final Providers providers;
    private final Replies replies;
    private final Clock chores = new Clock("chores", new FaultLog(text -> log().error(text)));
    private final Optional<PresetFolder> presets;
    private final WebServer web;
    private final CountDownLatch stopped = new CountDownLatch(1);

    /// Wires everything, and opens the database.
    ///
    /// @throws runnel.store.StoreException where that does not work
    App(Settings settings) {
        this.settings = settings;
        this.folder = DataFolder.take(settings.operation().dataDir());
        this.database = SqliteDatabase.open(folder.database());
        folder.guard(database);
        this.demo = settings.servers().all().isEmpty() ? Optional.of(DemoServer.start()) : Optional.empty();
        this.providers = new Providers(servers(settings), settings.people().mayAskAnyModel(), settings.model().name());
        this.replies = new Replies(database, providers, settings.model().systemPrompt(), defaults(settings));
        this.presets = settings.model().presets().map(dir -> new PresetFolder(dir, wrong -> log().warn("{}", wrong)));
        var imports = new Imports(database, settings.model().systemPrompt(), settings.limits().uploads());
        this.web = new WebServer(settings, database, imports, new Presets(database, this::presetFiles), replies, providers);
    }

    /// Starts everything; requests are answered when this returns.
    App start() {
        new Accounts(database).removeOrphans();
        presetFiles();
        int left = replies.recover();
        if (left > 0) {
            log().info("{} replies were cut off when the server stopped last; they can be continued.", left);
        }
        int resumed = replies.continueInterrupted(settings.operation().continueInterrupted());
        if (resumed > 0) {
            log().info("{} replies that were cut off are to go on, where their chats have not.", resumed);
        }
        web.start();
        chores.nowAndEvery(Duration.ofMinutes(1), this::makeSearchable);
        chores.nowAndEvery(Duration.ofMinutes(1), () -> Deletion.deleteOver(database));
        chores.nowAndEvery(Duration.ofHours(1), new Uploads(database, settings.limits().uploads())::tidy);
        folder.announce(settings.listening().local(web.port()));
        return this;
    }

    private List<Preset> presetFiles() {
        return presets.map(PresetFolder::presets).orElse(List.of());
    }

    private void makeSearchable() {
        long left = PendingTexts.count(database);
        if (left > MANY_TEXTS) { // of an older version's database
            log().info("{} texts are made searchable; until then a search may miss some.", left);
        }
        PendingTexts.finish(database);
    }

    /// Made when it is wanted: a logger costs the start a twentieth.
    private static Logger log() {
        return LoggerFactory.getLogger(App.class);
    }

    /// The demo has beside it what is found on this machine.
    private CompletableFuture<List<OpenAiUpstream>> servers(Settings settings) {
        var lessons = new ModelLessons(database);
        var set = endpoints(settings).stream().map(endpoint -> new OpenAiUpstream(endpoint).keepingIn(lessons)).toList();
        if (demo.isEmpty()) {
            return CompletableFuture.completedFuture(set);
        }
        var beside = new OpenAiUpstream(demo.get().endpoint(settings.servers().timeout()));
        return discovery(settings).look().thenApply(found ->
                Stream.concat(found.stream().map(each -> each.keepingIn(lessons)), Stream.of(beside)).toList());
    }

    static Discovery discovery(Settings settings) {
        var places = settings.servers().discover() ? Discovery.usual(settings.listening().port()) : List.<Discovery.Place>of();
        return new Discovery(places, provider -> endpoint(settings, provider));
    }

    static List<Endpoint> endpoints(Settings settings) {
        return settings.servers().all().stream().map(provider -> endpoint(settings, provider)).toList();
    }

    private static Endpoint endpoint(Settings settings, Provider provider) {
        var servers = settings.servers();
        return new Endpoint(provider, servers.preferredAt(provider, settings.model().name()),
                new Endpoint.Waits(servers.timeout(), servers.silence()), settings.model().continueBy(), servers.outbound());
    }

    private static ReplyDefaults defaults(Settings settings) {
        var model = settings.model();
        return new ReplyDefaults(model.name(), model.task(), model.sampling(),
                settings.limits().running(), settings.people().auth() == Auth.NONE ? settings.limits().running()
                : settings.limits().runningPerUser());
    }

    /// For tests that ask what routes it has.
    WebServer web() {
        return web;
    }

    /// For tests that take its room away.
    Database database() {
        return database;
    }

    int port() {
        return web.port();
    }

    /// Waits until the server is stopped.
    void join() {
        try {
            stopped.await();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    /// Ends in good order: no more prompts, some time for running replies, then readers, listener and database.
    void stop() {
        replies.finish(settings.operation().shutdownGrace().toMillis());
        chores.close();
        web.close();
        replies.close();
        providers.close();
        demo.ifPresent(DemoServer::close);
        database.close();
        folder.close();
        stopped.countDown();
    }
}
