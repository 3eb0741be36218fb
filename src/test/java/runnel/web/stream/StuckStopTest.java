package runnel.web.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.eclipse.jetty.util.component.LifeCycle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import runnel.Server;

class StuckStopTest {
    @Test
    void a_web_server_that_does_not_stop_does_not_keep_the_data_from_being_closed(@TempDir Path data) {
        var atLast = new CountDownLatch(1);
        try {
            var stuck = Server.start(data);
            stuck.web().javalin().jettyServer().server().addEventListener(new LifeCycle.Listener() {
                @Override
                public void lifeCycleStopping(LifeCycle jetty) {
                    try {
                        atLast.await();
                    } catch (InterruptedException over) {
                        Thread.currentThread().interrupt();
                    }
                }
            });
            stuck.close();
            try (var next = Server.start(data)) {
                assertEquals(200, next.client().get("/").statusCode());
            }
        } finally {
            atLast.countDown();
        }
    }
}
