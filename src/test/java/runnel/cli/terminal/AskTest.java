package runnel.cli.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import runnel.Client;
import runnel.Person;
import runnel.Server;
import runnel.cli.CommandLines;
import runnel.cli.terminal.TalkCommands.Surroundings;
import runnel.faults.Crash;
import runnel.faults.Eventually;
import runnel.page.Relay;
import runnel.settings.StartupFailure;

/// `ask` and `attach` beside a server that comes and goes.
class AskTest {
    @TempDir
    Path temp;
    private Server server;
    private URI address;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @BeforeEach
    void start() {
        server = Server.start(temp.resolve("data"));
        address = server.url("");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private int run(String pipe, OutputStream to, String... args) {
        Optional<InputStream> in = pipe == null ? Optional.empty() : Optional.of(new ByteArrayInputStream(pipe.getBytes(StandardCharsets.UTF_8)));
        var surroundings = new Surroundings(Map.of("XDG_STATE_HOME", temp.resolve("state").toString()), _ -> Optional.empty(),
                _ -> Optional.of(address), _ -> {
            throw StartupFailure.because("not here");
        });
        return CommandLines.execute(new TalkCommands(surroundings, () -> new Screen(to, err, in, false, false, false)).all(), err, args);
    }

    private int run(String... args) {
        return run(null, out, args);
    }

    private CompletableFuture<Integer> running(String... args) {
        return CompletableFuture.supplyAsync(() -> run(args));
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    private String asked() {
        return server.upstream().questions().getLast().lastContent();
    }

    @Test
    void the_reply_and_nothing_else_is_on_standard_output() {
        assertEquals(0, run("ask", "-m", "text:3", "hello", "world"));
        assertEquals("word0 word1 word2 ", out());
        assertEquals("", err());
        assertEquals("hello world", asked());
    }

    @Test
    void a_preset_is_named_by_its_name() {
        server.client().post("/api/presets", Client.object().put("name", "Be brief").put("system", "brief").put("model", "text:1"));
        assertEquals(0, run("ask", "--preset", "Be brief", "hello"));
        assertEquals("word0 ", out());
        assertEquals("brief", server.upstream().questions().getLast().body().get("messages").get(0).get("content").asText());
    }

    @Test
    void ids_and_figures_are_said_when_that_is_wanted() {
        assertEquals(0, run("ask", "-v", "-m", "text:3", "hello"));
        assertTrue(err().matches("(?s)chat [0-9a-f-]{36}\nreply [0-9a-f-]{36}\ncomplete, .* s.*\n"), err());
    }

    @Test
    void what_comes_through_a_pipe_and_from_files_belongs_to_the_prompt() throws IOException {
        var file = Files.writeString(temp.resolve("a.txt"), "x ``` y\n");
        assertEquals(0, run("from the pipe\n", out, "ask", "-f", file.toString(), "-m", "x", "look"));
        assertEquals("a.txt:\n````\nx ``` y\n````\n\nlook\n\nfrom the pipe", asked());
        var pixel = Files.write(temp.resolve("p.png"), runnel.upload.Samples.image("png", 2, 2));
        assertEquals(2, run("ask", "-f", pixel.toString(), "-m", "x", "look"));
        assertTrue(err().contains("this model cannot see images"), err());
        assertEquals(0, run("ask", "-f", pixel.toString(), "-f", file.toString(), "-m", "llava", "look"));
        assertEquals(List.of("text", "image_url"), server.upstream().questions().getLast().body().at("/messages/1/content").findValuesAsText("type"));
        assertEquals(0, run("only\n", out, "ask", "-m", "x"));
        assertEquals("only", asked());
    }

    @Test
    void wrong_use_has_its_status_and_its_sentence() throws IOException {
        var picture = Files.write(temp.resolve("p.png"), new byte[] {(byte) 0x89, 'P', 'N', 'G', 0, 1});
        for (var args : List.of(List.of("ask"), List.of("ask", "-f", picture.toString(), "x"), List.of("ask", "-f", "missing", "x"), List.of("ask", "--nonsense"),
                List.of("ask", "-c", "nowhere", "x"), List.of("attach", "nowhere"), List.of("attach"), List.of("ask", "--preset", "p", "x"), List.of("chat", "--preset", "p"),
                List.of("ask", "--server", "127.0.0.1:1", "x"), List.of("ask", "--server", "http://a:99999", "x"), List.of("ask", "--token", "h\u00fcsh", "x"),
                List.of("attach", "../../health"), List.of("ask", "-m", "", "-f", temp.toString(), "x"))) {
            assertEquals(2, run(args.toArray(String[]::new)), args::toString);
            assertTrue(err().strip().endsWith(".") || err().contains("--help"), args + err());
        }
        assertEquals("", out());
        assertFalse(err().contains("h\u00fcsh") || err().contains("\tat "), err());
    }

    @Test
    void a_reply_that_fails_has_its_text_and_its_status() {
        var script = server.upstream().script();
        var run = running("ask", "-m", "x", "hello");
        script.send("half");
        script.cut();
        assertEquals(1, run.join());
        assertEquals("half", out());
        assertTrue(err().startsWith("[The reply failed."), err());
    }

    @Test
    void a_reply_that_is_stopped_anywhere_has_its_status() {
        var script = server.upstream().script();
        var run = running("ask", "-m", "x", "hello");
        script.send("half");
        Eventually.holds(() -> out().equals("half"));
        server.client().post("/api/replies/" + newest() + "/stop", Client.object());
        assertEquals(130, run.join());
    }

    private String newest() {
        var chat = Client.json(server.client().get("/api/chats")).at("/chats/0/id").asText();
        return Client.json(server.client().get("/api/chats/" + chat)).get("messages").get(1).get("id").asText();
    }

    @Test
    void however_often_the_network_is_cut_nothing_is_written_twice_and_nothing_is_missing() {
        var said = new StringBuilder();
        try (var relay = new Relay(server.port()).cuttingAfter(80)) {
            var script = server.upstream().script();
            var run = running("ask", "--server", "http://127.0.0.1:" + relay.port(), "-m", "x", "hello");
            for (int i = 0; i < 150; i++) {
                script.send("wörd" + i + " 😀 ");
                said.append("wörd" + i + " 😀 ");
                Eventually.sleep(5);
            }
            script.finish();
            assertEquals(0, run.join(), this::err);
        }
        assertEquals(said.toString(), out());
        assertTrue(err().contains("The connection was lost") && err().contains("Connected again"), err());
    }

    @Test
    void a_server_that_crashed_and_kept_less_is_read_to_its_end_and_that_is_said() {
        var script = server.upstream().script();
        try (var relay = new Relay(server.port())) {
            var run = running("ask", "--server", "http://127.0.0.1:" + relay.port(), "-m", "x", "hello");
            script.send("one ");
            Eventually.holds(() -> out().equals("one "));
            Eventually.sleep(500); // until it is on the disk
            var left = Crash.dataOf(server, temp.resolve("left"));
            script.send("two ");
            Eventually.holds(() -> out().equals("one two "));
            relay.goAway();
            try (var next = Server.start(left)) {
                relay.comeBack(next.port());
                assertEquals(1, run.join());
            }
        }
        assertEquals("one two ", out());
        assertTrue(err().contains("The server has kept 4 characters less than were shown"), err());
        assertTrue(err().contains("The server ended in the middle of the reply"), err());
    }

    @Test
    void a_server_that_ends_in_good_order_ends_the_reply() {
        var script = server.upstream().script();
        var run = running("ask", "-m", "x", "hello");
        script.send("one ");
        Eventually.holds(() -> out().equals("one "));
        server.whileAway(() -> {});
        assertEquals(1, run.join());
        assertEquals("one ", out());
    }

    @Test
    void a_server_that_comes_later_is_waited_for_and_asked_once() throws Exception {
        var run = new CompletableFuture<Integer>();
        server.whileAway(() -> {
            Thread.ofVirtual().start(() -> run.complete(run("ask", "-m", "text:3", "hello")));
            Eventually.holds(() -> err().contains("cannot be reached: nobody answers there. Trying again"));
        });
        assertEquals(0, run.join());
        assertEquals("word0 word1 word2 ", out());
        assertEquals(1, server.upstream().questions().size());
    }

    @Test
    void a_reader_that_leaves_is_no_failure_and_attach_goes_on_behind_what_it_got() {
        var script = server.upstream().script();
        var gone = new OutputStream() {
            @Override
            public void write(int one) throws IOException {
                throw new IOException("Broken pipe");
            }

            @Override
            public void write(byte[] bytes, int from, int length) throws IOException {
                if (new String(bytes, from, length, StandardCharsets.UTF_8).contains("two")) {
                    throw new IOException("Broken pipe");
                }
                out.write(bytes, from, length);
            }
        };
        var run = CompletableFuture.supplyAsync(() -> run(null, gone, "ask", "-m", "x", "hello"));
        script.send("one ");
        Eventually.holds(() -> out().equals("one "));
        script.send("two ");
        assertEquals(0, run.join());
        script.send("three").finish();
        assertEquals(0, run("attach"));
        assertEquals("one two three", out());
        assertEquals(0, run("attach"), "again, when it was read to its end");
        assertEquals("one two threeone two three", out());
        assertEquals("", err());
    }

    @Test
    void events_are_written_one_a_line_as_they_came() {
        assertEquals(0, run("ask", "--json", "-m", "text:3", "hello"));
        var events = out().lines().map(Client::json).toList();
        assertEquals("start", events.getFirst().get("event").asText());
        assertEquals("stop", events.getLast().get("event").asText());
        assertEquals("complete", events.getLast().at("/data/status").asText());
        assertFalse(events.getLast().get("id").asText().isEmpty());
    }

    @Test
    void where_people_have_accounts_a_token_is_wanted_and_is_enough() {
        try (var other = Server.start(temp.resolve("accounts"), "AUTH", "accounts")) {
            var ada = Person.registered(other, "ada@example.org");
            assertEquals(2, run("ask", "--server", other.url("").toString(), "-m", "text:3", "hello"));
            assertTrue(err().contains("RUNNEL_TOKEN"), err());
            assertEquals(0, run("ask", "--server", other.url("/").toString(), "--token", ada.token(), "-m", "text:3", "hello"));
            assertEquals("word0 word1 word2 ", out());
        }
    }

    @Test
    void a_chat_that_is_busy_names_the_reply_that_runs() {
        var script = server.upstream().script();
        var sent = server.client().ask("hello", "x");
        script.send("one ");
        assertEquals(2, run("ask", "-c", sent.chat(), "-m", "x", "more"));
        assertTrue(err().contains("`runnel attach " + sent.reply() + "`"), err());
        script.finish();
    }

    @Test
    void the_server_on_this_machine_is_found_by_its_folder() {
        assertEquals(Optional.of(URI.create(server.url("").toString())), runnel.store.folder.DataFolder.running(temp.resolve("data")));
        assertEquals(Optional.empty(), runnel.store.folder.DataFolder.running(temp.resolve("nowhere")));
    }
}
