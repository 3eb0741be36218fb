package runnel.jar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import runnel.faults.Eventually;
import runnel.upstream.openai.Scenarios;
import runnel.upstream.openai.ScriptedUpstream;

/// The commands of the terminal as people start them: in a terminal, in pipes, with a server that is killed.
@Tag("jar")
class TerminalTest {
    @TempDir
    Path folder;
    final ScriptedUpstream model = new ScriptedUpstream();
    private Jar server;
    private final Map<String, String> settings = new HashMap<>();

    @BeforeEach
    void start() {
        settings.putAll(Map.of("PORT", "0", "OPENAI_BASE_URL", model.baseUrl().toString(), "OPENAI_API_KEY", ScriptedUpstream.CANARY,
                "XDG_STATE_HOME", folder.resolve("state").toString()));
        server = Jar.run(folder, settings).ready();
    }

    @AfterEach
    void close() throws InterruptedException {
        server.close();
        model.close();
    }

    private Tmux terminal(Map<String, String> more, String... args) {
        var environment = new HashMap<>(settings);
        environment.put("DATA_DIR", folder.resolve("data").toString());
        environment.putAll(more);
        var command = new ArrayList<>(Jar.command());
        command.addAll(List.of(args));
        return new Tmux(folder, environment, command);
    }

    private record Ran(Process process, ByteArrayOutputStream out, Path err) {
        static Ran of(Path folder, Map<String, String> settings, String... args) throws IOException {
            var command = new ArrayList<>(Jar.command());
            command.addAll(List.of(args));
            var err = folder.resolve("asked.txt");
            var builder = new ProcessBuilder(command).directory(folder.toFile()).redirectError(err.toFile());
            builder.environment().putAll(settings);
            var process = builder.start();
            process.getOutputStream().close();
            var out = new ByteArrayOutputStream();
            Thread.ofVirtual().start(() -> {
                try {
                    process.getInputStream().transferTo(out);
                } catch (IOException over) {
                    // it was ended
                }
            });
            return new Ran(process, out, err);
        }

        String text() {
            return out.toString(StandardCharsets.UTF_8);
        }

        void await(String text) {
            Eventually.holds(() -> text().equals(text));
        }
    }

    @Test
    void a_server_that_is_killed_and_comes_back_costs_a_reader_nothing_that_it_had() throws Exception {
        settings.put("PORT", server.url().replaceFirst(".*:", ""));
        var script = model.script();
        var ask = Ran.of(folder, settings, "ask", "--server", server.url(), "-m", "x", "hello");
        script.send("one 😀 ").send("two ");
        ask.await("one 😀 two ");
        server.kill();
        Eventually.holds(() -> errors(ask).contains("The connection was lost"));
        server = Jar.run(folder, settings).ready();
        assertEquals(1, ask.process.waitFor(), () -> errors(ask));
        assertEquals("one 😀 two ", ask.text());
        assertTrue(errors(ask).contains("The server ended in the middle of the reply"), errors(ask));
        assertEquals(1, model.questions().size(), "nothing is asked again");
        model.next(Scenarios.deltas("three"));
        server.client().post("/api/replies/" + reply() + "/continue", runnel.Client.object());
        var attach = Ran.of(folder, settings, "attach", "--server", server.url());
        assertEquals(0, attach.process.waitFor());
        Eventually.holds(() -> attach.text().endsWith("three"));
    }

    private String reply() throws IOException {
        return runnel.Client.json(Files.readString(folder.resolve("state/runnel/last.json"))).get("reply").asText();
    }

    private static String errors(Ran ran) {
        try {
            return Files.readString(ran.err);
        } catch (IOException none) {
            return "";
        }
    }

    @Test
    void without_a_server_the_folder_itself_is_asked_and_a_pipe_that_closes_early_is_no_failure() throws Exception {
        server.kill();
        model.next(Scenarios.deltas("all ", "alone"));
        var ask = Ran.of(folder, settings, "ask", "-m", "x", "hello");
        assertEquals(0, ask.process.waitFor(), () -> errors(ask));
        assertEquals("all alone", ask.text());
        var shell = new ProcessBuilder("sh", "-c", "{ '" + String.join("' '", Jar.command()) + "' ask -m text:3 hello </dev/null; echo $? >status; } | head -c 1").directory(folder.toFile());
        shell.environment().putAll(settings);
        assertEquals("w", new String(shell.start().getInputStream().readAllBytes()));
        Eventually.holds(() -> Files.exists(folder.resolve("status")) && read("status").equals("0\n"));
    }

    @Test
    void a_backup_for_which_there_is_no_room_leaves_nothing() throws Exception {
        var out = Files.createDirectory(folder.resolve("out"));
        server.client().whole(server.client().ask("hello", "text:3"));
        var shell = new ProcessBuilder("sh", "-c", "ulimit -f 8; '" + String.join("' '", Jar.command()) + "' backup out/backup.zip").directory(folder.toFile())
                .redirectErrorStream(true).start();
        var said = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(1, shell.waitFor(), said);
        assertTrue(said.startsWith("The database cannot be copied"), said);
        try (var left = Files.list(out)) {
            assertEquals(List.of(), left.toList());
        }
    }

    private String read(String name) {
        try {
            return Files.readString(folder.resolve(name));
        } catch (IOException unreadable) {
            throw new AssertionError(unreadable);
        }
    }

    @Test
    void in_a_terminal_markdown_is_drawn_and_nothing_else_is_obeyed() {
        model.next(Scenarios.deltas("# Title\n\nSome **strong**", " text\n\n- one\n- two\n\nend \033]0;pwned\007 \033[2J&#27;[5m."));
        try (var terminal = terminal(Map.of(), "ask", "-m", "x", "hello")) {
            terminal.awaitText("STATUS 0");
            assertTrue(terminal.screen().startsWith("Title\n\nSome strong text\n\n• one\n• two\n\nend �]0;pwned� �[2J�[5m.\nSTATUS 0"), terminal.screen());
            assertTrue(terminal.coloured().contains("\033[1mstrong"), terminal.coloured());
        }
    }

    @Test
    void without_colours_it_is_as_it_was_written() {
        model.next(Scenarios.deltas("# Title\n\nSome **strong**", " text \033[2J"));
        try (var terminal = terminal(Map.of("NO_COLOR", "1"), "ask", "-m", "x", "hello")) {
            terminal.awaitText("STATUS 0");
            assertTrue(terminal.screen().startsWith("# Title\n\nSome **strong** text �[2J\nSTATUS 0"), terminal.screen());
        }
    }

    @Test
    void ctrl_c_stops_the_reply() throws Exception {
        var script = model.script();
        try (var terminal = terminal(Map.of(), "ask", "-m", "x", "hello")) {
            script.send("half");
            terminal.awaitText("half");
            terminal.press("C-c");
            terminal.awaitText("STATUS 130");
            model.questions().getFirst().awaitHangUp();
        }
    }

    @Test
    void ctrl_c_twice_leaves_where_the_server_cannot_be_told_to_stop() throws Exception {
        var script = model.script();
        try (var terminal = terminal(Map.of(), "ask", "--server", server.url(), "-m", "x", "hello")) {
            script.send("half");
            terminal.awaitText("half");
            server.kill();
            terminal.awaitText("The connection was lost");
            terminal.press("C-c");
            terminal.awaitText("Ctrl-C again leaves");
            terminal.press("C-c");
            terminal.awaitText("STATUS 130");
        }
    }

    @Test
    void a_terminal_is_asked_nothing_since_a_late_answer_would_stand_in_the_prompt() throws IOException {
        try (var terminal = terminal(Map.of(), "chat", "-m", "x")) {
            terminal.awaitText(">");
            terminal.type("/quit");
            terminal.awaitText("STATUS 0");
            assertTrue(terminal.written().contains(">"), terminal.written());
            assertFalse(terminal.written().matches("(?s).*\033\\[[?>=]?[0-9]*(c|n|u|\\$p).*"), terminal.written());
        }
    }

    @Test
    void a_conversation_has_commands_lines_and_completion() {
        try (var terminal = terminal(Map.of(), "chat", "-m", "x")) {
            terminal.awaitText(">");
            model.next(Scenarios.deltas("the first **reply**"));
            terminal.type("one\\");
            terminal.type("two");
            terminal.awaitText("the first reply");
            assertEquals("one\ntwo", model.questions().getLast().lastContent());
            terminal.press("/");
            terminal.press("m");
            terminal.press("Tab");
            terminal.awaitText("/model");
            terminal.type("text:3");
            terminal.type("again");
            terminal.awaitText("word0 word1 word2");
            assertEquals(1, runnel.Client.json(server.client().get("/api/chats")).get("chats").size());
            var script = model.script();
            terminal.type("stop me");
            script.send("half of it");
            terminal.awaitText("half of it");
            terminal.press("C-c");
            terminal.type("/nonsense");
            terminal.awaitText("There is no command /nonsense");
            terminal.type("/quit");
            terminal.awaitText("STATUS");
            assertFalse(terminal.screen().contains("\tat "), terminal.screen());
        }
    }
}
