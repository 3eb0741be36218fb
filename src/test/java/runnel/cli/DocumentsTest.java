package runnel.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import runnel.settings.Setting;
import runnel.settings.SettingsTable;

/// What is written beside the code says the same as the code.
class DocumentsTest {
    private static List<String> found(String pattern, String file) throws IOException {
        return Pattern.compile(pattern, Pattern.MULTILINE).matcher(Files.readString(Path.of(file))).results()
                .map(MatchResult::group).toList();
    }

    @Test
    void the_page_about_settings_has_every_row_of_the_table() throws IOException {
        List<String> rows = found("^\\| `.*$", "docs/settings.md");
        assertEquals(String.join("\n", SettingsTable.ALL.stream().map(DocumentsTest::row).toList()), String.join("\n", rows));
    }

    private static String row(Setting<?> setting) {
        String alias = setting.aliases().isEmpty() ? "" : " (or `" + setting.aliases().getFirst() + "`)";
        String fallback = setting.shownDefault();
        String shown = setting.fallback().isPresent() || fallback.startsWith("https:") ? "`" + fallback + "`" : fallback;
        return "| `" + setting.name() + "`" + alias + " | " + shown + " | " + setting.description() + " |";
    }

    @Test
    void the_example_of_a_settings_file_names_every_setting_and_no_other() throws IOException {
        Set<String> named = found("^#[A-Z_]+(?==)", ".env.example").stream().map(name -> name.substring(1)).collect(Collectors.toSet());
        assertEquals(SettingsTable.ALL.stream().map(Setting::name).collect(Collectors.toSet()), named);
    }

    @Test
    void the_example_of_a_settings_file_changes_nothing_as_it_is() throws IOException {
        assertEquals(List.of(), found("^[^#\\n].*$", ".env.example"));
    }

    @Test
    void the_help_names_the_jvm_flags_of_run_sh() throws IOException {
        List<String> flags = found("^  -X\\S+$", "run.sh");
        String help = String.join("\n", JvmFlags.HELP);
        assertTrue(flags.size() >= 4);
        flags.forEach(flag -> assertTrue(help.contains(flag.strip()), flag));
    }
}
