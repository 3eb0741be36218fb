package runnel.web;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import runnel.Client;
import runnel.Server;
import runnel.upstream.openai.ScriptedUpstream;

/// Like [WebTest], with one server for all tests of a class: for rules that leave nothing behind.
@TestInstance(Lifecycle.PER_CLASS)
public abstract class OneServerTest {
    public Server server;
    public Client client;
    public ScriptedUpstream model;

    @BeforeAll
    final void start(@TempDir Path data) {
        server = Server.start(data);
        client = server.client();
        model = server.upstream();
    }

    @AfterAll
    final void stop() {
        server.close();
    }
}
