package runnel.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import runnel.Client;
import runnel.Server;
import runnel.upstream.openai.Scenarios;

/// Whatever the model's server does, a reader is told the truth of it, once, and it is stored as it was told.
class UpstreamFaultTest {
    @TempDir
    static Path data;
    static Server server;
    static Client client;

    @BeforeAll
    static void start() {
        server = Server.start(data, "OPENAI_TIMEOUT", "3");
        client = server.client();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource({"cut:3, upstream-broken-off", "reset:3, upstream-broken-off", "unfinished:3, upstream-broken-off",
            "malformed:3, upstream-malformed", "error:3, upstream-error", "silence:3, upstream-timeout"})
    void an_answer_that_fails_on_the_way_keeps_what_had_come_and_is_never_complete(String scenario, String code) {
        var sent = client.ask("Go", scenario);
        var told = client.whole(sent);
        assertEquals("failed", told.status());
        assertEquals("urn:runnel:" + code, told.stop().at("/error/type").asText());
        assertEquals("word0 word1 word2 ", told.content());
        assertStoredAsTold(sent, told.content(), code);
    }

    @ParameterizedTest
    @CsvSource({"mute, upstream-timeout", "html, upstream-not-an-api", "status:401, upstream-refused-key", "status:404, upstream-not-found",
            "status:429, upstream-limited", "status:400, upstream-refused", "status:500, upstream-error", "status:503, upstream-overloaded"})
    void an_answer_that_does_not_begin_fails_by_its_name_and_can_be_asked_for_again(String scenario, String code) {
        var sent = client.ask("Go", scenario);
        var told = client.whole(sent);
        assertEquals("failed", told.status());
        assertEquals("urn:runnel:" + code, told.stop().at("/error/type").asText());
        assertStoredAsTold(sent, "", code);
        server.upstream().next(Scenarios.deltas("now"));
        var again = Client.sent(client.post("/api/replies/" + sent.reply() + "/regenerate", Client.object()));
        assertEquals("now", client.whole(again).content());
    }

    @ParameterizedTest
    @CsvSource({"cut:3", "reset:3", "unfinished:3", "malformed:3", "error:3"})
    void a_reply_that_failed_on_the_way_can_be_continued_and_its_text_only_grows(String scenario) {
        var sent = client.ask("Go", scenario);
        var told = client.whole(sent);
        server.upstream().next(Scenarios.deltas("and the rest"));
        client.send("POST", "/api/replies/" + sent.reply() + "/continue", null);
        try (var reader = client.read(sent.sse() + "?after=" + told.cursor())) {
            assertEquals(true, reader.next("start").json().get("resumed").asBoolean());
            assertEquals("and the rest", reader.next("message").content());
        }
        Eventually.holds(() -> client.message(sent).get("status").asText().equals("complete"));
        assertEquals("word0 word1 word2 and the rest", client.message(sent).get("content").asText());
    }

    @Test
    void a_model_s_server_that_is_not_there_fails_the_reply_and_nothing_else() {
        try (var lonely = Server.start(data.resolve("lonely"), "OPENAI_BASE_URL", "http://127.0.0.1:1/v1", "OPENAI_MODEL", "any")) {
            var sent = lonely.client().ask("Go", "any");
            assertEquals("urn:runnel:upstream-unreachable", lonely.client().whole(sent).stop().at("/error/type").asText());
            assertEquals(200, lonely.client().get("/ready").statusCode());
        }
    }

    private static void assertStoredAsTold(Client.Sent sent, String content, String code) {
        Eventually.holds(() -> !client.message(sent).get("status").asText().equals("streaming"));
        var message = client.message(sent);
        assertEquals(content, message.get("content").asText());
        assertEquals("failed", message.get("status").asText());
        assertEquals("urn:runnel:" + code, message.at("/error/type").asText());
    }
}
