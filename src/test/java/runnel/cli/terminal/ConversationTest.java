package runnel.cli.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import runnel.Client;
import runnel.Server;
import runnel.cli.CommandLines;
import runnel.cli.terminal.TalkCommands.Surroundings;
import runnel.settings.StartupFailure;

/// `chat`, with what is said coming through a pipe.
class ConversationTest {
    @TempDir
    Path temp;
    private Server server;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @BeforeEach
    void start() {
        server = Server.start(temp.resolve("data"));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private int chat(String said, String... args) {
        var surroundings = new Surroundings(Map.of(), _ -> Optional.empty(), _ -> Optional.of(server.url("")), _ -> {
            throw StartupFailure.because("not here");
        });
        var pipe = new ByteArrayInputStream(said.getBytes(StandardCharsets.UTF_8));
        var all = new String[args.length + 1];
        all[0] = "chat";
        System.arraycopy(args, 0, all, 1, args.length);
        return CommandLines.execute(new TalkCommands(surroundings, () -> new Screen(out, err, Optional.of(pipe), false, false, false)).all(), err, all);
    }

    private String asked(int question) {
        return server.upstream().questions().get(question).body().get("messages").toString();
    }

    private int chats() {
        return Client.json(server.client().get("/api/chats")).get("chats").size();
    }

    @Test
    void what_is_said_goes_on_in_one_chat_until_a_new_one_begins() {
        assertEquals(0, chat("one\\\nmore\n\n//two\n/new\nthree\n/quit\nfour\n", "-m", "text:1"));
        assertEquals("word0 \nword0 \nword0 \n", out.toString(StandardCharsets.UTF_8));
        assertTrue(asked(0).contains("one\\nmore"), asked(0));
        assertTrue(asked(1).contains("one") && asked(1).contains("\"/two\""), asked(1));
        assertTrue(!asked(2).contains("one") && asked(2).contains("three"), asked(2));
        assertEquals(2, chats());
    }

    @Test
    void model_system_and_files_can_be_chosen_on_the_way() throws Exception {
        var file = Files.writeString(temp.resolve("a b.txt"), "content");
        assertEquals(0, chat("/model\n/model text:2\n/system Be short.\n/file " + file + "\nlook\nand now\n"));
        assertTrue(err.toString(StandardCharsets.UTF_8).contains("text:3"), "the models that there are");
        assertTrue(asked(0).contains("Be short.") && asked(0).contains("a b.txt:\\n```\\ncontent"), asked(0));
        assertEquals("text:2", server.upstream().questions().getFirst().model());
        assertEquals(1, asked(1).split("a b.txt", -1).length - 1, "a file is sent once");
    }

    @Test
    void a_reply_is_asked_for_again_beside_the_first() {
        assertEquals(0, chat("one\n/retry\n", "-m", "text:1"));
        assertEquals(2, server.upstream().questions().size());
        var chat = Client.json(server.client().get("/api/chats")).at("/chats/0/id").asText();
        assertEquals(3, Client.json(server.client().get("/api/chats/" + chat)).get("messages").size());
    }

    @Test
    void what_is_wrong_is_said_and_the_conversation_goes_on() {
        assertEquals(0, chat("/nonsense\n/retry\n/stop\n/file missing\n/chat nowhere\n/file\nhello\n", "-m", "text:1"));
        var said = err.toString(StandardCharsets.UTF_8);
        for (var sentence : new String[] {"There is no command /nonsense", "There is no reply yet", "No reply runs", "missing cannot be read", "There is nothing here", "Which file?"}) {
            assertTrue(said.contains(sentence), sentence + " in " + said);
        }
        assertEquals("word0 \n", out.toString(StandardCharsets.UTF_8));
        assertEquals(2, chat("/nonsense\n"), "what came last");
    }
}
