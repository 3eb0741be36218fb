package runnel;

import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Connector;
import runnel.settings.Settings;
import runnel.settings.SettingsSources;
import runnel.store.Database;
import runnel.upstream.openai.ScriptedUpstream;
import runnel.web.WebServer;
import runnel.web.stream.WireTap;

/// The whole server on a free port, with a scripted model behind it.
public final class Server implements AutoCloseable {
    private final ScriptedUpstream upstream = new ScriptedUpstream();
    private final Map<String, String> settings = new HashMap<>();
    private final Canaries canaries = new Canaries();
    private final Overheard log = new Overheard();
    private App app;

    private Server(Path data) {
        settings.put("PORT", "0");
        settings.put("DATA_DIR", data.toString());
        settings.put("OPENAI_BASE_URL", upstream.baseUrl().toString());
        settings.put("OPENAI_API_KEY", Canaries.KEY);
        settings.put("SHUTDOWN_GRACE", "0");
        settings.put("ANY_MODEL", "true"); // the model's name is the scenario
        settings.put("MAX_STREAMS_PER_USER", "2000");
    }

    /// @param settings names and values in turn
    public static Server start(Path data, String... settings) {
        var server = new Server(data);
        for (int i = 0; i < settings.length; i += 2) {
            server.settings.put(settings[i], settings[i + 1]);
        }
        server.begin();
        return server;
    }

    private void begin() {
        FreshDatabase.putInto(data());
        app = new App(Settings.of(SettingsSources.of(settings)));
        WireTap.on(app.web(), () -> canaries.ear("what a connection carried"));
        app.start();
    }

    /// Stops it in good order and starts it again over the same data, on another port.
    public void restart() {
        app.stop();
        begin();
    }

    /// Stops it in good order, and starts it again on the same port once `meanwhile` is done.
    public void whileAway(Runnable meanwhile) {
        set("PORT", Integer.toString(port()));
        app.stop();
        meanwhile.run();
        begin();
    }

    /// Changes a setting for the next start.
    public Server set(String name, String value) {
        settings.put(name, value);
        return this;
    }

    public Path data() {
        return Path.of(settings.get("DATA_DIR"));
    }

    public Database database() {
        return app.database();
    }

    public ScriptedUpstream upstream() {
        return upstream;
    }

    /// How many connections it has.
    public int connections() {
        return Arrays.stream(web().javalin().jettyServer().server().getConnectors()).map(Connector::getConnectedEndPoints)
                .mapToInt(points -> (int) points.stream().filter(EndPoint::isOpen).count()).sum();
    }

    public WebServer web() {
        return app.web();
    }

    public int port() {
        return app.port();
    }

    public URI url(String path) {
        return URI.create("http://127.0.0.1:" + port() + path);
    }

    public Client client() {
        return new Client(this::url);
    }

    /// What has been logged since it started.
    public String log() {
        return log.text();
    }

    Canaries canaries() {
        return canaries;
    }

    /// Stops it, and looks whether a secret has come out, or into its log or its files.
    @Override
    public void close() {
        app.stop();
        upstream.close();
        log.close();
        canaries.look("the log", log.text());
        canaries.look(data());
        canaries.assertNoLeak();
    }
}
