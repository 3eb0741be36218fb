package runnel.settings;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Reads the settings one by one and remembers what is wrong with them, so that a person hears of everything at once.
final class SettingsReader {
    private static final int SHOWN = 80;
    static final String BEYOND_LOCALE = " has letters beyond ASCII, which the locale does not know. Set LC_ALL=C.UTF-8.";
    static final boolean UTF_8 = System.getProperty("sun.jnu.encoding", "UTF-8").equalsIgnoreCase("UTF-8");

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
        Optional<T> value = given.flatMap(it -> read(setting, it));
        if (given.isPresent() && value.isEmpty()) {
            wrong.add(sentence(setting, given.get()));
        }
        return value;
    }

    /// Docker's `--env-file` leaves a comment behind a value.
    private static <T> Optional<T> read(Setting<T> setting, SettingsSources.Given given) {
        var read = setting.rule().read();
        return isUnread(given.value()) ? Optional.empty()
                : read.apply(given.value()).or(() -> DotEnv.value(given.value()).filter(value -> !value.isEmpty()).flatMap(read));
    }

    /// Whether the JVM cannot tell what was meant: it reads the environment and names files in what the locale says, which is ASCII
    /// where nothing is said (POSIX); Linux has the environment as it was written ([SettingsSources#environment]).
    static boolean isLost(String text) {
        return !UTF_8 && !text.chars().allMatch(c -> c < 128);
    }

    /// Whether it was read in what the locale says, and what was written is not known any more.
    private static boolean isUnread(String text) {
        return isLost(text) && text.contains("\uFFFD");
    }

    /// What a variable holds that is no setting.
    Optional<String> variable(String name) {
        return settingsSources.find(List.of(name)).map(SettingsSources.Given::value);
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
        boolean isPath = given.name().matches(".*_(DIR|FILE)|PROVIDERS");
        if (isUnread(given.value()) || isPath && isLost(given.value())) {
            return given.name() + " from " + given.source() + BEYOND_LOCALE;
        }
        boolean showing = setting.rule().showing().test(given.value());
        return given.name() + (showing ? "=" + shorten(given.value()) : "") + " from " + given.source()
                + (showing ? "" : " (its value is not shown)") + " is not allowed. It must be " + setting.rule().allowed() + ".";
    }

    static String shorten(String value) {
        String line = value.replaceAll("\\p{Cntrl}", "?");
        return line.length() <= SHOWN ? line : line.substring(0, SHOWN) + "…";
    }
}
