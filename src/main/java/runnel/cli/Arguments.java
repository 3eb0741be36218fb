package runnel.cli;

import java.io.PrintWriter;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/// What was given to a command.
///
/// @param settings those that were given as flags, by their names
public record Arguments(CommandSpec spec, Map<String, String> settings) {
    /// The value of a flag, where that was given.
    public <T> Optional<T> value(String flag) {
        return Optional.ofNullable(spec.findOption(flag)).map(OptionSpec::getValue);
    }

    public Optional<String> text(String flag) {
        return value(flag);
    }

    public boolean has(String flag) {
        return this.<Boolean>value(flag).orElse(false);
    }

    /// What stands beside the flags.
    public <T> Optional<T> argument() {
        return spec.positionalParameters().stream().findFirst().map(PositionalParamSpec::getValue);
    }

    public PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
