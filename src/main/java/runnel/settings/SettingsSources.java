package runnel.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Where values come from, the strongest first. An empty value counts as not given.
public record SettingsSources(List<Source> sources) {
    private static final String ENVIRONMENT = "the environment";

    /// @param name as in "from the environment"
    record Source(String name, Map<String, String> values) {}

    /// What was given for a setting, and under which name.
    record Given(String name, String value, String source) {}

    public SettingsSources {
        sources = List.copyOf(sources);
    }

    /// The usual order: flags, the environment, then the file `.env` in `folder`.
    public static SettingsSources of(Map<String, String> flags, Map<String, String> environment, Path folder) {
        return new SettingsSources(List.of(
                new Source("the command line", flags),
                new Source(ENVIRONMENT, environment),
                new Source(".env", dotEnv(folder)),
                new Source("the working directory", files(folder))));
    }

    /// The environment as UTF-8, also where the locale says otherwise and Linux tells the bytes.
    public static Map<String, String> environment() {
        try {
            return SettingsReader.UTF_8 ? System.getenv() : variables(Files.readString(Path.of("/proc/self/environ")));
        } catch (IOException notTold) {
            return System.getenv();
        }
    }

    private static Map<String, String> variables(String environ) {
        return Stream.of(environ.split("\0")).map(each -> each.split("=", 2)).filter(each -> each.length == 2)
                .collect(Collectors.toMap(each -> each[0], each -> each[1], (first, _) -> first));
    }

    /// What is used where it is there.
    private static Map<String, String> files(Path folder) {
        Path file = folder.resolve("providers.json");
        return Files.exists(file) ? Map.of(SettingsTable.PROVIDERS.name(), file.toString()) : Map.of();
    }

    /// Only these values, by the settings' names.
    public static SettingsSources of(Map<String, String> values) {
        return new SettingsSources(List.of(new Source(ENVIRONMENT, values)));
    }

    private static Map<String, String> dotEnv(Path folder) {
        Path file = folder.resolve(".env");
        return Files.exists(file) ? DotEnv.read(file) : Map.of();
    }

    /// What was given under a name that is no setting of the server.
    public Optional<String> value(String name) {
        return sources.stream().map(source -> text(source, name)).filter(text -> !text.isEmpty()).findFirst();
    }

    Optional<Given> find(Setting<?> setting) {
        return find(Stream.concat(Stream.of(setting.name()), setting.aliases().stream()).toList());
    }

    /// What is given under the first of these names that has a value.
    Optional<Given> find(List<String> names) {
        return sources.stream()
                .flatMap(source -> names.stream().map(name -> new Given(name, text(source, name), source.name())))
                .filter(given -> !given.value().isEmpty())
                .findFirst();
    }

    /// Docker's `--env-file` leaves the quotes around a value.
    private static String text(Source source, String name) {
        String text = source.values().getOrDefault(name, "").strip();
        boolean quoted = source.name().equals(ENVIRONMENT) && (text.startsWith("'") || text.startsWith("\""));
        return quoted ? DotEnv.value(text).orElse(text) : text;
    }
}
