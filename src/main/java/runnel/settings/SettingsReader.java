package runnel.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads the settings one by one and remembers what is wrong with them, so that a person hears of everything at once.
public final class SettingsReader {
    private static final int SHOWN = 80;

    private final SettingsSources settingsSources;
    private final List<String> wrong = new ArrayList<>();

    public SettingsReader(SettingsSources settingsSources) {
        this.settingsSources = settingsSources;
    }

    /// The value of a setting that has a default. Where the given one is wrong it is the default, until [#check].
    public <T> T get(Setting<T> setting) {
        return find(setting).or(() -> setting.fallback().flatMap(setting.rule().read())).orElseThrow();
    }

    /// The value of a setting that may stay unset.
    public <T> Optional<T> find(Setting<T> setting) {
        Optional<SettingsSources.Given> given = settingsSources.find(setting);
        Optional<T> value = given.flatMap(it -> setting.rule().read().apply(it.value()));
        if (given.isPresent() && value.isEmpty()) {
            wrong.add(sentence(setting, given.get()));
        }
        return value;
    }

    /// Remembers a reason that concerns more than one value.
    public void refuse(String sentence) {
        wrong.add(sentence);
    }

    /// @throws Refused where something was wrong
    public void check() {
        if (!wrong.isEmpty()) {
            throw StartupFailure.wrong(wrong);
        }
    }

    private static String sentence(Setting<?> setting, SettingsSources.Given given) {
        boolean showing = setting.rule().showing().test(given.value());
        return given.name() + (showing ? "=" + shorten(given.value()) : "") + " from " + given.source()
                + (showing ? "" : " (its value is not shown)") + " is not allowed. It must be " + setting.rule().allowed() + ".";
    }

    private static String shorten(String value) {
        String line = value.replaceAll("\\p{Cntrl}", "?");
        return line.length() <= SHOWN ? line : line.substring(0, SHOWN) + "…";
    }
}
