package runnel.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import runnel.chat.Preset;

class PresetFolderTest {
    @TempDir
    Path outside;
    private final List<String> told = new ArrayList<>();
    private Path folder;
    private PresetFolder presets;

    @BeforeEach
    void make() throws IOException {
        folder = Files.createDirectory(outside.resolve("presets"));
        presets = new PresetFolder(folder, told::add);
    }

    private Preset only(String text) throws IOException {
        Files.writeString(folder.resolve("one.md"), text);
        var all = presets.presets();
        assertEquals(List.of(), told);
        assertEquals(1, all.size());
        return all.getFirst();
    }

    @Test
    void a_file_without_front_matter_is_a_prompt_by_the_name_of_the_file() throws IOException {
        var preset = only("Sum up:\n\n{{text}}\n");
        assertEquals("one", preset.name());
        assertEquals(Optional.of("Sum up:\n\n{{text}}"), preset.prompt());
        assertEquals(Optional.empty(), preset.system());
        assertTrue(preset.isFile());
    }

    @Test
    void values_stand_plain_in_quotes_or_in_blocks() throws IOException {
        var preset = only("""
                ---
                # a comment
                name: "Say \\"so\\"" # another
                model: 'it''s'
                temperature: 0.5
                max_tokens: 9
                reasoning_effort: low
                system: |
                  You are brief.

                    - indented
                  # no comment
                ---
                Body --- with
                ---
                lines
                """);
        assertEquals("Say \"so\"", preset.name());
        assertEquals(Optional.of("it's"), preset.model());
        assertEquals(Optional.of("You are brief.\n\n  - indented\n# no comment"), preset.system());
        assertEquals(0.5, preset.sampling().temperature().orElseThrow());
        assertEquals(9, preset.sampling().maxTokens().orElseThrow());
        assertEquals(Optional.of("low"), preset.sampling().effort());
        assertEquals(Optional.of("Body --- with\n---\nlines"), preset.prompt());
    }

    @Test
    void a_folded_block_is_one_line_for_each_paragraph_and_an_empty_system_is_none() throws IOException {
        assertEquals(Optional.of("a b\nc"), only("---\r\nsystem: >-\r\n  a\r\n  b\r\n\r\n  c\r\n---\r\n").system());
        assertEquals(Optional.of(""), only("---\nsystem: \"\"\nname:\n---\n").system());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "system: [a, b] | line 2: put this value in quotes", "system: &a b | line 2: put this value in quotes", "system: *a | line 2: put this value in quotes",
        "system: !!x y | line 2: put this value in quotes", "system: a: b | line 2: put this value in quotes", "system: \"a | line 2: the quotes of this value do not close",
        "system: \"a\" b | line 2: the quotes of this value do not close", "system: 'a | line 2: put this value in quotes", "just words | line 2: it is no \"name: value\"",
        "temprature: 1 | temprature is not one of description, max_tokens, model, name, reasoning_effort, system, temperature",
        "temperature: hot | temperature must be a number from 0 to 2", "max_tokens: 0 | max_tokens must be a whole number from 1 to 2147483647",
        "reasoning_effort: lots | reasoning_effort must be one of none, minimal, low, medium, high, xhigh, max",
        "__proto__: x | line 2: it is no \"name: value\""})
    void what_is_not_understood_is_said_and_never_misread(String line, String why) throws IOException {
        Files.writeString(folder.resolve("one.md"), "---\n" + line + "\n---\nBody");
        Files.writeString(folder.resolve("two.md"), "Good");
        assertEquals(List.of("two"), presets.presets().stream().map(Preset::name).toList());
        assertEquals(List.of("The preset one.md, " + why + "."), told);
    }

    @Test
    void the_same_name_twice_and_a_front_matter_without_an_end_are_refused() throws IOException {
        Files.writeString(folder.resolve("a.md"), "---\nname: a\nname: b\n---\n");
        Files.writeString(folder.resolve("b.md"), "---\nname: a\n");
        assertEquals(List.of(), presets.presets());
        assertEquals(List.of("The preset a.md, line 3: name is there twice.",
                "The preset b.md, line 1: the line --- that ends what begins here is missing."), told);
    }

    @Test
    void a_link_out_of_the_folder_is_not_followed_and_one_inside_is() throws IOException {
        var secret = Files.writeString(outside.resolve("secret.md"), "secret");
        Files.createSymbolicLink(folder.resolve("out.md"), secret);
        Files.createSymbolicLink(folder.resolve("up.md"), Path.of("../secret.md"));
        Files.createDirectory(folder.resolve("..data"));
        Files.writeString(folder.resolve("..data/in.md"), "inside");
        Files.createSymbolicLink(folder.resolve("in.md"), Path.of("..data/in.md"));
        Files.createDirectory(folder.resolve("folder.md"));
        assertEquals(List.of("in"), presets.presets().stream().map(Preset::name).toList());
        assertEquals(List.of("The preset folder.md is no file in that folder.", "The preset out.md is no file in that folder.",
                "The preset up.md is no file in that folder."), told);
    }

    @Test
    void a_dangling_link_costs_itself_only() throws IOException {
        Files.createSymbolicLink(folder.resolve("gone.md"), Path.of("nothing.md"));
        Files.writeString(folder.resolve("one.md"), "Good");
        assertEquals("one", presets.presets().getFirst().name());
        assertEquals(List.of("The preset gone.md is no file in that folder."), told);
    }

    @Test
    void files_that_are_enormous_or_no_text_are_named_once() throws IOException {
        Files.writeString(folder.resolve("a.md"), "---\nsystem: " + "x".repeat(2 << 20) + "\n---\n");
        Files.write(folder.resolve("b.md"), new byte[] {(byte) 0xff, 0, 1});
        Files.writeString(folder.resolve("c.md"), "---\nsystem: " + "x".repeat(100_001) + "\n---\n");
        Files.writeString(folder.resolve("d.md"), "a\0b");
        presets.presets();
        presets.presets();
        assertEquals(4, told.size(), told::toString);
        assertTrue(told.stream().noneMatch(sentence -> sentence.length() > 200), told::toString);
    }

    @Test
    void many_lines_of_front_matter_take_no_time_to_speak_of() throws IOException {
        Files.writeString(folder.resolve("a.md"), "---\nsystem: |\n" + " \n".repeat(300_000) + "---\n");
        Files.writeString(folder.resolve("b.md"), "---\n" + "#\n".repeat(300_000) + "name: x\n---\n");
        Files.writeString(folder.resolve("c.md"), "---\nname: " + "'".repeat(500_001) + "\n---\n");
        Files.writeString(folder.resolve("e.md"), "---\nname: a" + " ".repeat(500_000) + "b\n---\n");
        Files.writeString(folder.resolve("d.md"), "---\nsystem: >\n" + "  a\n\n\n".repeat(100_000) + "---\n");
        assertEquals("a x", String.join(" ", presets.presets().stream().map(Preset::name).toList()));
    }

    @Test
    void a_folder_that_goes_is_told_once_and_comes_back() throws IOException {
        only("Good");
        var away = outside.resolve("away");
        Files.move(folder, away);
        assertEquals(List.of(), presets.presets());
        presets.presets();
        assertEquals(1, told.size());
        Files.move(away, folder);
        assertEquals(1, presets.presets().size());
    }
}
