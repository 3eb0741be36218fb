package runnel.cli;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;
import runnel.settings.Setting;
import runnel.settings.SettingsTable;

/// `serve`, which is also what happens without a command: the server, until it is told to stop.
public final class Serve implements Command {
    /// Starts the server with the settings that were given as flags, by their names, and returns when it has ended.
    public interface Server {
        void run(Map<String, String> flags);
    }

    private static final String NAME = "serve";

    private final Server server;

    public Serve(Server server) {
        this.server = server;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public CommandSpec spec() {
        SettingFlags flags = new SettingFlags();
        CommandSpec spec = CommandSpec.wrapWithoutInspection((Callable<Integer>) () -> run(flags.given()));
        flags.addTo(spec, Setting.Group.values());
        spec.usageMessage().sortOptions(false)
                .description("Starts the server. This is what happens without a command, too.");
        return spec;
    }

    private int run(Map<String, String> flags) {
        server.run(flags);
        return 0;
    }

    @Override
    public Optional<Callable<Integer>> plain(String... args) {
        return plainFlags(args).map(flags -> () -> run(flags));
    }

    /// The flags, where `args` are nothing but known flags with a value; empty where there is anything else to think about.
    static Optional<Map<String, String>> plainFlags(String... args) {
        Map<String, String> names = SettingsTable.ALL.stream().collect(Collectors.toMap(Setting::flag, Setting::name));
        Map<String, String> flags = new HashMap<>();
        int at = args.length > 0 && args[0].equals(NAME) ? 1 : 0;
        while (at < args.length) {
            String[] parts = args[at].split("=", 2);
            boolean alone = parts.length == 1;
            String value = !alone ? parts[1] : at + 1 < args.length ? args[at + 1] : "-";
            String name = names.get(parts[0]);
            if (name == null || alone && value.startsWith("-")) {
                return Optional.empty();
            }
            flags.put(name, value);
            at += alone ? 2 : 1;
        }
        return Optional.of(flags);
    }
}
