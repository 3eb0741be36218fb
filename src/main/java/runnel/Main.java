package runnel;

import io.javalin.util.JavalinBindException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import runnel.cli.Command;
import runnel.cli.Commands;
import runnel.cli.Doctor;
import runnel.cli.Rehearse;
import runnel.cli.DoctorInput;
import runnel.cli.Serve;
import runnel.cli.Users;
import runnel.settings.Settings;
import runnel.settings.SettingsSources;
import runnel.settings.StartupFailure;
import runnel.store.DataFolder;
import runnel.store.SqliteDatabase;
import runnel.store.StoreException;
import runnel.web.WebServer;

/// The door to the command line.
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        int status = Commands.run(version(), new Serve(Main::serve), Main::others, args);
        if (status != 0) {
            System.exit(status);
        }
    }

    private static List<Command> others() {
        return List.of(new Doctor(Main::doctorInput), new Users(Main::userAdmin), new Rehearse());
    }

    private static String version() {
        return Optional.ofNullable(Main.class.getPackage().getImplementationVersion()).orElse("(not packaged)");
    }

    @SuppressWarnings("sunapi")
    private static void serve(Map<String, String> flags) {
        // Read when a locale is looked for first: Jetty asks for all of them, and the JDK's own thousand cost 20 MB.
        System.setProperty("java.locale.providers", "SPI");
        CompletableFuture.runAsync(WebServer::prepare); // the other core of a small machine has time until the database is open
        Settings settings = Settings.of(SettingsSources.of(flags, System.getenv(), Path.of("")));
        // Read by slf4j-simple when the first logger is made.
        System.setProperty("org.slf4j.simpleLogger.log.runnel", settings.logLevel().name());
        App app = started(settings);
        Runtime.getRuntime().addShutdownHook(new Thread(app::stop, "stop"));
        sun.misc.Signal.handle(new sun.misc.Signal("TERM"), _ -> System.exit(0)); // to end when told to is good; the JVM would say 143
        System.out.println("Runnel is ready: " + url(settings.host(), app.port()));
        app.join();
    }

    /// The server's accounts, also while it runs.
    private static Users.UserAdmin userAdmin(Map<String, String> flags) {
        Settings settings = Settings.of(SettingsSources.of(flags, System.getenv(), Path.of("")));
        try {
            String site = settings.publicUrl().map(URI::toString).orElseGet(() -> url(settings.host(), settings.port()));
            return new Users.UserAdmin(SqliteDatabase.open(DataFolder.shared(settings.dataDir())), site);
        } catch (StoreException refused) {
            throw StartupFailure.because(refused.getMessage());
        }
    }

    private static DoctorInput doctorInput(Map<String, String> flags) {
        Settings settings = Settings.of(SettingsSources.of(flags, System.getenv(), Path.of("")));
        System.setProperty("org.slf4j.simpleLogger.log.runnel", "off"); // what goes wrong is said once, by the doctor
        boolean demo = settings.apiKey().isEmpty() && settings.baseUrl().isEmpty();
        return new DoctorInput(version(), settings.host(), URI.create(url(settings.host(), settings.port())), settings.publicUrl(),
                settings.trustedProxies(), settings.auth(), settings.heartbeat(), settings.limits().streams(), settings.dataDir(),
                demo ? Optional.empty() : Optional.of(App.endpoint(settings)));
    }

    private static App started(Settings settings) {
        try {
            return new App(settings).start();
        } catch (StoreException refused) {
            throw StartupFailure.because(refused.getMessage());
        } catch (JavalinBindException taken) {
            throw StartupFailure.because("HOST=" + settings.host() + " PORT=" + settings.port() + " cannot be listened on: " + taken.getMessage());
        }
    }

    /// An address that works on this machine, also where the server listens on all of them.
    private static String url(String host, int port) {
        String name = switch (host) {
            case "0.0.0.0" -> "127.0.0.1";
            case "::" -> "[::1]";
            default -> host.contains(":") ? "[" + host + "]" : host;
        };
        return "http://" + name + ":" + port;
    }
}
