package runnel.settings;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// One thing that can be set. Its flag, its environment variable, its line in `--help` and its check all come from here.
///
/// @param name     the environment variable; the flag is the same in lower case with dashes
/// @param aliases  other names of the environment variable
/// @param fallback the value where nothing is given, as a person would write it
/// @param unset    what happens where nothing is given and there is no fallback
public record Setting<T>(
        Group group,
        String name,
        List<String> aliases,
        Rule<T> rule,
        Optional<String> fallback,
        String unset,
        String description) {

    /// The sections of `--help` and of `.env.example`.
    public enum Group {
        SERVER("Server"), MODEL("Model"), PEOPLE("People and access"), STREAMS("Streams and limits"), STORAGE("Storage"),
        DEVELOPMENT("Development");

        private final String title;

        Group(String title) {
            this.title = title;
        }

        public String title() {
            return title;
        }
    }

    public Setting {
        aliases = List.copyOf(aliases);
    }

    /// A setting with a default.
    static <T> Setting<T> of(Group group, String name, Rule<T> rule, String fallback, String description) {
        return new Setting<>(group, name, List.of(), rule, Optional.of(fallback), "", description);
    }

    /// A setting that may stay unset; `unset` says in a few words what happens then.
    static <T> Setting<T> optional(Group group, String name, Rule<T> rule, String unset, String description) {
        return new Setting<>(group, name, List.of(), rule, Optional.empty(), unset, description);
    }

    Setting<T> or(String alias) {
        return new Setting<>(group, name, List.of(alias), rule, fallback, unset, description);
    }

    public String flag() {
        return "--" + name.toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// The default as `--help` and the documents show it.
    public String shownDefault() {
        return fallback.orElse(unset);
    }
}
