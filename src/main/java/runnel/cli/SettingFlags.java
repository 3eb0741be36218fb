package runnel.cli;

import java.util.HashMap;
import java.util.Map;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.ISetter;
import picocli.CommandLine.Model.OptionSpec;
import runnel.settings.Setting;
import runnel.settings.SettingsTable;

/// The settings as flags of a command. They stay text here: what a flag, a variable and a line of `.env` may be is
/// checked in one place.
public final class SettingFlags {
    private final Map<String, String> given = new HashMap<>();

    /// What was given on the command line, by the settings' names.
    public Map<String, String> given() {
        return Map.copyOf(given);
    }

    /// @param groups those whose settings the command takes
    public void addTo(CommandSpec spec, Setting.Group... groups) {
        int order = 0;
        for (Setting.Group group : groups) {
            ArgGroupSpec.Builder section = ArgGroupSpec.builder().heading("%n" + group.title() + "%n").order(order++)
                    .exclusive(false).validate(false).multiplicity("0..1");
            for (Setting<?> setting : SettingsTable.ALL) {
                if (setting.group() == group) {
                    section.addArg(flag(setting, order++));
                }
            }
            spec.addArgGroup(section.build());
        }
    }

    private OptionSpec flag(Setting<?> setting, int order) {
        String variables = setting.name() + setting.aliases().stream().map(alias -> " or " + alias).reduce("", String::concat);
        return OptionSpec.builder(setting.flag())
                .type(String.class).arity("1").order(order).paramLabel("VALUE")
                .description(setting.description(), variables + ", default: " + setting.shownDefault())
                .setter(remember(setting.name()))
                .build();
    }

    private ISetter remember(String name) {
        return new ISetter() {
            @Override
            @SuppressWarnings("unchecked")
            public <T> T set(T value) {
                if (value != null) {
                    given.put(name, value.toString());
                }
                return value;
            }
        };
    }
}
