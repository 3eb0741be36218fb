package runnel;

import io.javalin.Javalin;
import java.util.concurrent.CountDownLatch;

/// STUB, only to compile and to measure: the lead's App takes its place.
final class App {
    private final Javalin javalin;
    private final CountDownLatch stopped = new CountDownLatch(1);

    private App(Javalin javalin) {
        this.javalin = javalin;
    }

    static App start(Settings settings) {
        return new App(Javalin.create(config -> {
            config.startup.showJavalinBanner = false;
            config.concurrency.useVirtualThreads = true;
            config.routes.get("/health", ctx -> ctx.result("ok"));
        }).start(settings.host(), settings.port()));
    }

    int port() {
        return javalin.port();
    }

    void join() {
        try {
            stopped.await();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    void stop() {
        javalin.stop();
        stopped.countDown();
    }
}
