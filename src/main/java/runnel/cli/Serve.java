package runnel.cli;

import java.util.Map;
import java.util.function.Consumer;
import picocli.CommandLine.Model.CommandSpec;
import runnel.settings.Setting;

/// `serve`, which is also what happens without a command: the server, until it is told to stop.
///
/// @param server starts the server with the settings that were given as flags, by their names, and returns when it has ended
public record Serve(Consumer<Map<String, String>> server) {
    Command command() {
        return new Command("serve", this::spec);
    }

    private CommandSpec spec() {
        var spec = Command.spec("Starts the server. This is what happens without a command, too.", given -> run(given.settings()),
                Setting.Group.values());
        spec.usageMessage().sortOptions(false);
        return spec;
    }

    int run(Map<String, String> flags) {
        server.accept(flags);
        return 0;
    }
}
