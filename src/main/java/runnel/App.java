package runnel;

import java.net.URI;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import runnel.mail.MailServer;
import runnel.reply.Replies;
import runnel.reply.ReplyDefaults;
import runnel.reply.Sampling;
import runnel.settings.Auth;
import runnel.settings.Registration;
import runnel.settings.Settings;
import runnel.store.Accounts;
import runnel.store.DataFolder;
import runnel.store.Database;
import runnel.store.Imports;
import runnel.store.SqliteDatabase;
import runnel.upstream.Upstream;
import runnel.upstream.demo.DemoServer;
import runnel.upstream.openai.Endpoint;
import runnel.upstream.openai.OpenAiUpstream;
import runnel.web.WebServer;
import runnel.web.account.AccountOptions;

/// The whole server, wired by hand.
public final class App {
    private static final long TIDYING_SECONDS = 10;
    private static final long HEAP_SLACK = 64 << 20;
    private static final URI OPENAI = URI.create("https://api.openai.com/v1");

    private final Settings settings;
    private final DataFolder folder;
    private final Database database;
    private final Optional<DemoServer> demo;
    private final Upstream upstream;
    private final Replies replies;
    private final WebServer web;
    private final CountDownLatch stopped = new CountDownLatch(1);

    /// Wires everything, and opens the database.
    ///
    /// @throws runnel.store.StoreException where that does not work
    App(Settings settings) {
        this.settings = settings;
        this.folder = DataFolder.take(settings.dataDir());
        this.database = SqliteDatabase.open(folder.database());
        folder.guard(database);
        this.demo = demo(settings);
        this.upstream = new OpenAiUpstream(demo.map(model -> model.endpoint(settings.timeout())).orElseGet(() -> endpoint(settings)));
        this.replies = new Replies(database, upstream, settings.systemPrompt(), limits(settings));
        this.web = new WebServer(webOptions(settings, demo.isPresent()), database, new Imports(database, settings.systemPrompt()), replies, upstream);
    }

    /// Starts everything; requests are answered when this returns.
    App start() {
        new Accounts(database).removeOrphans();
        int left = replies.recover();
        if (left > 0) {
            log().info("{} replies were cut off when the server stopped last; they can be continued.", left);
        }
        int resumed = replies.continueInterrupted(settings.continueInterrupted());
        if (resumed > 0) {
            log().info("{} replies that were cut off go on now.", resumed);
        }
        web.start();
        return this;
    }

    /// Made when it is wanted: a logger costs the start a twentieth.
    private static Logger log() {
        return LoggerFactory.getLogger(App.class);
    }

    private static Optional<DemoServer> demo(Settings settings) {
        boolean nothingSet = settings.apiKey().isEmpty() && settings.baseUrl().isEmpty();
        return nothingSet ? Optional.of(DemoServer.start()) : Optional.empty();
    }

    static Endpoint endpoint(Settings settings) {
        return new Endpoint(settings.baseUrl().orElse(OPENAI), settings.apiKey(), settings.organization(), settings.model(),
                settings.timeout(), settings.continueBy(), settings.upstreamClient());
    }

    private static ReplyDefaults limits(Settings settings) {
        return new ReplyDefaults(settings.model(), new Sampling(settings.temperature(), settings.maxResponseTokens()),
                settings.contextTokens(), settings.limits().running(),
                settings.auth() == Auth.NONE ? settings.limits().running() : settings.limits().runningPerUser());
    }

    private static WebServer.Options webOptions(Settings settings, boolean demo) {
        int perUser = settings.auth() == Auth.NONE ? settings.limits().streams() : settings.limits().streamsPerUser();
        return new WebServer.Options(settings.host(), settings.port(), settings.publicUrl(), settings.trustedProxies(), accounts(settings),
                settings.heartbeat(), settings.limits().streams(), perUser, settings.limits().readersPerReply(), settings.publicDir(), demo,
                settings.plainSse());
    }

    private static AccountOptions accounts(Settings settings) {
        return new AccountOptions(settings.auth() == Auth.ACCOUNTS, settings.people().registration() == Registration.OPEN,
                settings.isReached(), settings.people().requireVerifiedEmail(),
                settings.people().smtpUrl().map(url -> MailServer.of(url, settings.people().mailFrom())));
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

    /// Waits until the server is stopped, and keeps house meanwhile.
    void join() {
        var heap = new Heap(HEAP_SLACK);
        try {
            while (!stopped.await(TIDYING_SECONDS, TimeUnit.SECONDS)) {
                heap.tidy();
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    /// Ends in good order: no more prompts, some time for running replies, then readers, listener and database.
    void stop() {
        replies.finish(settings.shutdownGrace().toMillis());
        web.close();
        replies.close();
        upstream.close();
        demo.ifPresent(DemoServer::close);
        database.close();
        folder.close();
        stopped.countDown();
    }
}
