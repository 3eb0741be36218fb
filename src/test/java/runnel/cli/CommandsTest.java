package runnel.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import runnel.settings.Setting;
import runnel.settings.SettingsTable;
import runnel.settings.StartupFailure;

class CommandsTest {
    private final Map<String, String> given = new HashMap<>();
    private final StringWriter out = new StringWriter();
    private final Serve serve = new Serve(given::putAll);
    private final CommandLine commands = Commands.commandLine("1.2.3", serve, List.of())
            .setOut(new PrintWriter(out)).setErr(new PrintWriter(out));

    private int run(String... args) {
        return commands.execute(args);
    }

    @Test
    void the_help_names_every_flag_its_variable_and_its_default() {
        assertEquals(0, run("--help"));
        for (Setting<?> setting : SettingsTable.ALL) {
            assertTrue(out.toString().contains(setting.flag() + "=VALUE"), setting.flag());
            String names = setting.name() + (setting.aliases().isEmpty() ? "" : " or " + setting.aliases().getFirst());
            assertTrue(out.toString().contains(names + ", default: " + setting.shownDefault()), setting.name());
        }
    }

    @Test
    void every_default_keeps_its_own_rule() {
        for (Setting<?> setting : SettingsTable.ALL) {
            setting.fallback().ifPresent(value -> assertTrue(setting.rule().read().apply(value).isPresent(), setting.name()));
        }
    }

    @Test
    void a_flag_has_the_name_of_its_variable() {
        assertEquals("--openai-base-url", SettingsTable.OPENAI_BASE_URL.flag());
    }

    @Test
    void the_version_is_printed() {
        assertEquals(0, run("--version"));
        assertEquals("Runnel 1.2.3", out.toString().strip());
        assertEquals(0, Commands.run("1", serve, () -> fail("commands are made where only the version is asked for"), "--version"));
    }

    @Test
    void flags_reach_the_server_with_and_without_the_command() {
        run("--port", "1", "--host=h");
        assertEquals(Map.of("PORT", "1", "HOST", "h"), given);
        given.clear();
        run("serve", "--port=2");
        assertEquals(Map.of("PORT", "2"), given);
    }

    @Test
    void without_any_flag_the_server_starts_and_a_refusal_has_its_status() {
        assertEquals(0, Commands.run("1", serve, () -> fail("commands are made where none is asked for")));
        assertEquals(Map.of(), given);
        assertEquals(2, Commands.run("1", new Serve(flags -> {
            throw StartupFailure.wrong("No.");
        }), List::of));
    }

    @Test
    void a_mistyped_flag_is_refused_with_what_may_have_been_meant_but_without_its_value() {
        assertEquals(2, run("--openai-apikey=hush"));
        assertTrue(out.toString().contains("There is no flag --openai-apikey. Did you mean --openai-api-key"), out.toString());
        assertFalse(out.toString().contains("hush"));
    }

    @Test
    void an_unknown_word_is_refused_without_repeating_what_may_be_a_key() {
        assertEquals(2, run("sk-hush123"));
        assertFalse(out.toString().contains("hush"));
        assertEquals(2, run("srve"));
        assertTrue(out.toString().contains("There is no command srve. Did you mean serve?"), out.toString());
    }

    @Test
    void a_flag_without_its_value_is_refused() {
        assertEquals(2, run("--port"));
        assertTrue(out.toString().contains("--port"));
    }

    @Test
    void a_refusal_is_printed_without_a_stack_trace() {
        Serve refusing = new Serve(flags -> {
            throw StartupFailure.because("The port is taken.");
        });
        CommandLine commands = Commands.commandLine("1", refusing, List.of()).setErr(new PrintWriter(out));
        assertEquals(1, commands.execute("serve"));
        assertEquals("The port is taken.", out.toString().strip());
    }
}
