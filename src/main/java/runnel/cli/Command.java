package runnel.cli;

import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import runnel.settings.Setting;

/// One thing that the jar can be told to do.
///
/// @param spec describes it, when that is wanted
public record Command(String name, Supplier<CommandSpec> spec) {
    public interface Work {
        /// @return the exit status
        int with(Arguments given) throws Exception;
    }

    /// A command without flags of its own.
    ///
    /// @param groups those whose settings it takes as flags
    public static CommandSpec spec(String description, Work work, Setting.Group... groups) {
        var flags = new SettingFlags();
        CommandSpec[] spec = new CommandSpec[1];
        spec[0] = CommandSpec.wrapWithoutInspection((Callable<Integer>) () -> work.with(new Arguments(spec[0], flags.given())));
        flags.addTo(spec[0], groups);
        spec[0].usageMessage().description(description);
        return spec[0];
    }

    public static OptionSpec flag(String description, String... names) {
        return OptionSpec.builder(names).type(boolean.class).description(description).build();
    }

    public static OptionSpec text(String label, String description, String... names) {
        return OptionSpec.builder(names).type(String.class).paramLabel(label).description(description).build();
    }

    /// What must stand beside the flags.
    static PositionalParamSpec argument(Class<?> type, String label, String description) {
        return PositionalParamSpec.builder().index("0").type(type).paramLabel(label).required(true).description(description).build();
    }
}
