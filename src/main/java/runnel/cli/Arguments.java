package runnel.cli;

import java.io.PrintWriter;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import runnel.settings.SettingsTable;

/// What was given to a command.
public record Arguments(CommandSpec spec) {
    /// The settings that were given as flags, by their names. They stay text here: what a flag, a variable and a line of `.env` may be
    /// is checked in one place.
    public Map<String, String> settings() {
        var given = new HashMap<String, String>();
        SettingsTable.ALL.forEach(setting -> text(setting.flag()).ifPresent(value -> given.put(setting.name(), value)));
        return given;
    }

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
