package runnel;

import java.net.URI;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import runnel.chat.Sampling;
import runnel.reply.Replies;
import runnel.reply.ReplyDefaults;
import runnel.settings.Auth;
import runnel.settings.Settings;
import runnel.store.Accounts;
import runnel.store.DataFolder;
import runnel.store.Database;
import runnel.store.Imports;
import runnel.store.SqliteDatabase;
import runnel.upstream.OfferedModels;
import runnel.upstream.Upstream;
import runnel.upstream.demo.DemoServer;
import runnel.upstream.openai.Endpoint;
import runnel.upstream.openai.OpenAiUpstream;
import runnel.web.WebServer;

/// The whole server, wired by hand.
public final class App {
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
        this.folder = DataFolder.take(settings.operation().dataDir());
        this.database = SqliteDatabase.open(folder.database());
        folder.guard(database);
        this.demo = settings.provider().isDemo() ? Optional.of(DemoServer.start()) : Optional.empty();
        var server = new OpenAiUpstream(demo.map(model -> model.endpoint(settings.provider().timeout()))
                .orElseGet(() -> endpoint(settings)));
        this.upstream = settings.people().mayAskAnyModel() ? server : new OfferedModels(server);
        this.replies = new Replies(database, upstream, settings.model().systemPrompt(), defaults(settings));
        this.web = new WebServer(settings, database, new Imports(database, settings.model().systemPrompt()), replies, upstream);
    }

    /// Starts everything; requests are answered when this returns.
    App start() {
        new Accounts(database).removeOrphans();
        int left = replies.recover();
        if (left > 0) {
            log().info("{} replies were cut off when the server stopped last; they can be continued.", left);
        }
        int resumed = replies.continueInterrupted(settings.operation().continueInterrupted());
        if (resumed > 0) {
            log().info("{} replies that were cut off go on now.", resumed);
        }
        web.start();
        folder.announce(settings.listening().local(web.port()));
        return this;
    }

    /// Made when it is wanted: a logger costs the start a twentieth.
    private static Logger log() {
        return LoggerFactory.getLogger(App.class);
    }

    static Endpoint endpoint(Settings settings) {
        var provider = settings.provider();
        return new Endpoint(provider.baseUrl().orElse(OPENAI), new Endpoint.Authentication(provider.apiKey(), provider.organization()),
                settings.model().name(), new Endpoint.Waits(provider.timeout(), provider.silence()),
                settings.model().continueBy(), provider.outbound());
    }

    private static ReplyDefaults defaults(Settings settings) {
        var model = settings.model();
        return new ReplyDefaults(model.name(), new Sampling(model.temperature(), model.maxResponseTokens()), model.contextTokens(),
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
        web.close();
        replies.close();
        upstream.close();
        demo.ifPresent(DemoServer::close);
        database.close();
        folder.close();
        stopped.countDown();
    }
}
