package runnel.settings;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import runnel.chat.Preset;
import runnel.chat.Sampling;

/// A folder of presets: each is a `.md` file whose text is the prompt, with the rest in its [FrontMatter]. It is read whenever
/// somebody wants them. A file that is not as it must be costs itself only, and is named once.
public final class PresetFolder {
    private static final int MAX_FILES = 200;
    private static final Set<String> NAMES = Set.of("name", "description", "model", "system", "temperature", "max_tokens",
            "reasoning_effort");

    private final Path folder;
    private final Consumer<String> tell;
    private Set<String> told = Set.of();

    /// @param tell gets a sentence about each file that is not as it must be
    public PresetFolder(Path folder, Consumer<String> tell) {
        this.folder = folder;
        this.tell = tell;
    }

    public synchronized List<Preset> presets() {
        var wrong = new HashSet<String>();
        var presets = files(wrong).stream().flatMap(file -> preset(file, wrong).stream()).toList();
        wrong.stream().filter(sentence -> !told.contains(sentence)).sorted().forEach(tell);
        told = wrong;
        return presets;
    }

    private List<Path> files(Set<String> wrong) {
        try (var entries = Files.list(folder)) {
            var real = folder.toRealPath();
            var wanted = entries.filter(PresetFolder::isWanted).sorted().toList();
            if (wanted.size() > MAX_FILES) {
                wrong.add("PRESETS_DIR has more than " + MAX_FILES + " files; the rest is not read.");
            }
            var files = wanted.stream().limit(MAX_FILES).filter(file -> isFileIn(real, file)).toList();
            wanted.stream().limit(MAX_FILES).filter(file -> !files.contains(file))
                    .forEach(file -> wrong.add(named(file) + " is no file in that folder."));
            return files;
        } catch (IOException | UncheckedIOException gone) {
            wrong.add("The folder PRESETS_DIR, or something in it, cannot be read.");
            return List.of();
        }
    }

    /// A link may lead to another place in the folder, as Kubernetes makes them, and to none outside.
    private static boolean isFileIn(Path folder, Path file) {
        try {
            var target = file.toRealPath();
            return target.startsWith(folder) && Files.isRegularFile(target);
        } catch (IOException leadsNowhere) {
            return false;
        }
    }

    private static boolean isWanted(Path file) {
        var name = file.getFileName().toString();
        return name.endsWith(".md") && !name.startsWith(".");
    }

    private static String named(Path file) {
        return "The preset " + SettingsReader.shorten(file.getFileName().toString());
    }

    private static Optional<Preset> preset(Path file, Set<String> wrong) {
        try {
            var name = file.getFileName().toString();
            return Optional.of(preset(name.substring(0, name.length() - ".md".length()), FrontMatter.of(TextFile.read(file))));
        } catch (FrontMatter.Wrong why) {
            wrong.add(named(file) + ", " + why.getMessage() + ".");
        } catch (StartupFailure unreadable) {
            wrong.add(named(file) + " cannot be read: it must be UTF-8, with at most 1 MiB, and readable for this user.");
        }
        return Optional.empty();
    }

    private static Preset preset(String file, FrontMatter text) {
        var values = text.values();
        values.keySet().stream().filter(name -> !NAMES.contains(name)).findFirst().ifPresent(name -> {
            throw wrong(name, "is not one of " + String.join(", ", NAMES.stream().sorted().toList()));
        });
        var temperature = value(values, "temperature", Rule.decimal(0, 2));
        var maxTokens = value(values, "max_tokens", Rule.whole(1, Integer.MAX_VALUE));
        var efforts = Rule.of("one of " + String.join(", ", Sampling.EFFORTS),
                word -> Optional.of(word).filter(Sampling.EFFORTS::contains));
        var name = value(values, "name", Rule.text(Preset.MAX_NAME)).orElse(file);
        return new Preset(Preset.idOfFile(file), name, value(values, "model", Rule.text(200)),
                Optional.ofNullable(values.get("system")).map(system -> checked("system", system, Rule.text(Preset.MAX_TEXT))),
                new Sampling(temperature, maxTokens, value(values, "reasoning_effort", efforts), Optional.empty()),
                Optional.of(checked("the text", text.body(), Rule.text(Preset.MAX_TEXT))).filter(prompt -> !prompt.isEmpty()));
    }

    private static <T> Optional<T> value(Map<String, String> values, String name, Rule<T> rule) {
        return Optional.ofNullable(values.get(name)).filter(value -> !value.isEmpty()).map(value -> checked(name, value, rule));
    }

    private static <T> T checked(String name, String value, Rule<T> rule) {
        return rule.read().apply(value).orElseThrow(() -> wrong(name, "must be " + rule.allowed()));
    }

    private static FrontMatter.Wrong wrong(String name, String why) {
        return new FrontMatter.Wrong(SettingsReader.shorten(name) + " " + why);
    }
}
