package runnel.cli;

import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import runnel.settings.Setting;
import runnel.settings.SettingsTable;

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
        CommandSpec[] spec = new CommandSpec[1];
        spec[0] = CommandSpec.wrapWithoutInspection((Callable<Integer>) () -> work.with(new Arguments(spec[0])));
        for (int i = 0; i < groups.length; i++) {
            spec[0].addArgGroup(flags(groups[i], i * SettingsTable.ALL.size()));
        }
        spec[0].usageMessage().description(description);
        return spec[0];
    }

    private static ArgGroupSpec flags(Setting.Group group, int order) {
        var section = ArgGroupSpec.builder().heading("%n" + group.title() + "%n").order(order).exclusive(false).validate(false)
                .multiplicity("0..1");
        SettingsTable.ALL.stream().filter(setting -> setting.group() == group).forEach(setting -> {
            var variables = setting.name() + setting.aliases().stream().map(alias -> " or " + alias).reduce("", String::concat);
            section.addArg(OptionSpec.builder(setting.flag()).type(String.class).arity("1").paramLabel("VALUE")
                    .order(order + SettingsTable.ALL.indexOf(setting))
                    .description(setting.description(), variables + ", default: " + setting.shownDefault()).build());
        });
        return section.build();
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
