package runnel.web.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Server;
import org.junit.jupiter.api.Test;
import runnel.Overheard;

class PatientConnectorTest {
    @Test
    void where_no_file_descriptor_is_left_it_waits_and_says_so_once() throws Exception {
        var server = new Server();
        try (var log = new Overheard(); var connector = new PatientConnector(server, new HttpConfiguration(), java.time.Duration.ofSeconds(30))) {
            connector.setHost("127.0.0.1");
            server.addConnector(connector);
            server.start();
            for (int i = 0; i < 5; i++) {
                assertTrue(connector.handleAcceptFailure(new IOException("Too many open files")), "it accepts no more");
            }
            assertEquals(1, log.text().lines().filter(line -> line.contains("Too many open files")).count(), log::text);
            assertEquals(1, log.text().lines().count(), log::text);
        } finally {
            server.stop();
        }
    }
}
