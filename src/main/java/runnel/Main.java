package runnel;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import runnel.cli.Command;
import runnel.cli.Commands;
import runnel.cli.DataFiles;
import runnel.cli.Doctor;
import runnel.cli.DoctorInput;
import runnel.cli.Rehearse;
import runnel.cli.Serve;
import runnel.cli.Users;
import runnel.cli.terminal.OwnServer;
import runnel.cli.terminal.Screen;
import runnel.cli.terminal.TalkCommands;
import runnel.cli.terminal.TalkCommands.Surroundings;
import runnel.settings.Settings;
import runnel.settings.SettingsSources;
import runnel.settings.StartupFailure;
import runnel.store.SqliteDatabase;
import runnel.store.StoreException;
import runnel.store.folder.DataFolder;
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
        var commands = new ArrayList<>(List.of(new Doctor(Main::doctorInput).command(), new Users(Main::userAdmin).command(), Rehearse.command()));
        commands.addAll(new DataFiles(Main::settings).all());
        commands.addAll(new TalkCommands(new Surroundings(System.getenv(), Main::variable, Main::running, Main::own),
                () -> Screen.of(System.getenv())).all());
        commands.add(Commands.completion(new Serve(Main::serve), List.copyOf(commands)));
        return commands;
    }

    private static String version() {
        return Optional.ofNullable(Main.class.getPackage().getImplementationVersion()).orElse("(not packaged)");
    }

    @SuppressWarnings("sunapi")
    private static void serve(Map<String, String> flags) {
        prepare();
        Settings settings = settings(flags);
        // Read by slf4j-simple when the first logger is made.
        System.setProperty("org.slf4j.simpleLogger.log.runnel", settings.operation().logLevel().name());
        App app = started(settings);
        Runtime.getRuntime().addShutdownHook(new Thread(app::stop, "stop"));
        sun.misc.Signal.handle(new sun.misc.Signal("TERM"), _ -> System.exit(0)); // to end when told to is good; the JVM would say 143
        System.out.println("Runnel is ready: " + settings.listening().local(app.port()));
        app.join();
    }

    private static void prepare() {
        // Read when a locale is looked for first: Jetty asks for all of them, and the JDK's own thousand cost 20 MB.
        System.setProperty("java.locale.providers", "SPI");
        // Two threads that log first at the same time lose nothing, but SLF4J warns of it.
        System.setProperty("slf4j.internal.verbosity", "ERROR");
        CompletableFuture.runAsync(WebServer::prepare); // the other core of a small machine has time until the database is open
    }

    private static Settings settings(Map<String, String> flags) {
        return Settings.of(SettingsSources.of(flags, SettingsSources.environment(), Path.of("")));
    }

    private static Optional<String> variable(String name) {
        return SettingsSources.of(Map.of(), SettingsSources.environment(), Path.of("")).value(name);
    }

    private static Optional<URI> running(Map<String, String> flags) {
        return DataFolder.running(settings(flags).operation().dataDir());
    }

    /// A server for the one who started this process, whatever else is set.
    private static OwnServer own(Map<String, String> flags) {
        var alone = new HashMap<>(flags);
        alone.putAll(Map.of("HOST", "127.0.0.1", "PORT", "0", "AUTH", "none", "PUBLIC_URL", "http://localhost"));
        prepare();
        System.setProperty("org.slf4j.simpleLogger.log.runnel", "off"); // what goes wrong is said by the reply
        App app = started(settings(alone));
        Runtime.getRuntime().addShutdownHook(new Thread(app::stop, "stop"));
        return new OwnServer(URI.create("http://127.0.0.1:" + app.port()), app::stop);
    }

    /// The server's accounts, also while it runs.
    private static Users.UserAdmin userAdmin(Map<String, String> flags) {
        Settings settings = settings(flags);
        try {
            return new Users.UserAdmin(SqliteDatabase.open(DataFolder.shared(settings.operation().dataDir())),
                    settings.listening().site(settings.listening().port()));
        } catch (StoreException refused) {
            throw unusable(settings, refused);
        }
    }

    private static DoctorInput doctorInput(Map<String, String> flags) {
        Settings settings = settings(flags);
        System.setProperty("org.slf4j.simpleLogger.log.runnel", "off"); // what goes wrong is said once, by the doctor
        return new DoctorInput(version(), settings, App.endpoints(settings), App.discovery(settings));
    }

    static App started(Settings settings) {
        try {
            return new App(settings).start();
        } catch (StoreException refused) {
            throw unusable(settings, refused);
        }
    }

    private static StartupFailure unusable(Settings settings, StoreException refused) {
        var why = refused.reason().map(reason -> "the database cannot be used: " + reason + ".").orElse(refused.getMessage());
        return StartupFailure.because(why.contains("DATA_DIR") ? why
                : "DATA_DIR (%s): %s".formatted(settings.operation().dataDir().toAbsolutePath(), why));
    }
}
