package runnel.settings;

import io.github.cdimascio.dotenv.Dotenv;
import io.github.cdimascio.dotenv.DotenvEntry;
import io.github.cdimascio.dotenv.DotenvException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Where values come from, the strongest first. An empty value counts as not given.
public record SettingsSources(List<Source> sources) {
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
                new Source("the environment", environment),
                new Source(".env", dotEnv(folder))));
    }

    /// Only these values, by the settings' names.
    public static SettingsSources of(Map<String, String> values) {
        return new SettingsSources(List.of(new Source("the environment", values)));
    }

    private static Map<String, String> dotEnv(Path folder) {
        Map<String, String> values = new HashMap<>();
        if (!Files.exists(folder.resolve(".env"))) {
            return values;
        }
        try {
            Dotenv dotenv = Dotenv.configure().directory(folder.toAbsolutePath().toString()).load();
            for (DotenvEntry entry : dotenv.entries(Dotenv.Filter.DECLARED_IN_ENV_FILE)) {
                values.put(entry.getKey(), entry.getValue());
            }
            return values;
        } catch (DotenvException wrong) {
            // Its message repeats the line, which may hold a key.
            throw StartupFailure.wrong(List.of("The file .env cannot be read. Each line must be NAME=value, a # comment or empty."));
        }
    }

    Optional<Given> find(Setting<?> setting) {
        List<String> names = Stream.concat(Stream.of(setting.name()), setting.aliases().stream()).toList();
        return sources.stream()
                .flatMap(source -> names.stream().map(name -> new Given(name, text(source, name), source.name())))
                .filter(given -> !given.value().isEmpty())
                .findFirst();
    }

    private static String text(Source source, String name) {
        return source.values().getOrDefault(name, "").strip();
    }
}
