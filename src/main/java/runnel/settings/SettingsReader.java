package runnel.settings;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Reads the settings one by one and remembers what is wrong with them, so that a person hears of everything at once.
final class SettingsReader {
    private static final int SHOWN = 80;

    private final SettingsSources settingsSources;
    private final Set<String> wrong = new LinkedHashSet<>(); // what is read twice is wrong once

    SettingsReader(SettingsSources settingsSources) {
        this.settingsSources = settingsSources;
    }

    /// The value of a setting that has a default. Where the given one is wrong it is the default, until [#check].
    <T> T get(Setting<T> setting) {
        return find(setting).or(() -> setting.fallback().flatMap(setting.rule().read())).orElseThrow();
    }

    int number(Setting<Long> setting) {
        return get(setting).intValue();
    }

    Duration seconds(Setting<Long> setting) {
        return Duration.ofSeconds(get(setting));
    }

    /// The value of a setting that may stay unset.
    <T> Optional<T> find(Setting<T> setting) {
        Optional<SettingsSources.Given> given = settingsSources.find(setting);
        Optional<T> value = given.flatMap(it -> setting.rule().read().apply(it.value()));
        if (given.isPresent() && value.isEmpty()) {
            wrong.add(sentence(setting, given.get()));
        }
        return value;
    }

    /// Remembers a reason that concerns more than one value.
    void refuse(String sentence) {
        wrong.add(sentence);
    }

    /// @throws Refused where something was wrong
    void check() {
        if (!wrong.isEmpty()) {
            throw StartupFailure.wrong(List.copyOf(wrong));
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
