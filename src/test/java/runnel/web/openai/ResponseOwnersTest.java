package runnel.web.openai;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import runnel.Client;
import runnel.Person;
import runnel.faults.Eventually;
import runnel.web.WebTest;

/// Whose a response is, and how many one person may wait for.
@Timeout(60)
class ResponseOwnersTest extends WebTest {
    @Override
    protected String[] settings() {
        return new String[] {"AUTH", "accounts", "MAX_STREAMS_PER_USER", "2"};
    }

    private static String bearer(Person person) {
        return "Bearer " + person.token();
    }

    @Test
    void nothing_can_follow_what_is_somebody_elses() {
        var ada = bearer(Person.registered(server, "ada@example.org"));
        var eve = bearer(Person.registered(server, "eve@example.org"));
        var hers = Client.json(client.post("/v1/responses", Response.asked("text:1", "hello"), "Authorization", ada));
        for (var field : List.of("previous_response_id", "conversation")) {
            var id = field.equals("conversation") ? hers.at("/conversation/id").asText() : hers.get("id").asText();
            var theirs = client.post("/v1/responses", asked().put(field, id), "Authorization", eve);
            var nowhere = client.post("/v1/responses", asked().put(field, id.replaceAll("[0-9a-f]{32}", NOWHERE.replace("-", ""))), "Authorization", eve);
            openAiError(404, theirs);
            assertEquals(nowhere.body(), theirs.body());
        }
        var item = hers.at("/output/0/id").asText();
        var theirs = client.post("/v1/responses", referring(item), "Authorization", eve);
        var nowhere = item.replaceAll("[0-9a-f]{32}", NOWHERE.replace("-", ""));
        openAiError(404, theirs);
        assertEquals(client.post("/v1/responses", referring(nowhere), "Authorization", eve).body().replace(nowhere, item), theirs.body());
        assertEquals(1, model.questions().size());
        openAiError(401, client.post("/v1/responses", asked()));
    }

    private static ObjectNode referring(String item) {
        return asked().set("input", Client.json("[{\"type\":\"item_reference\",\"id\":\"" + item + "\"}]"));
    }

    private static ObjectNode asked() {
        return Response.asked("text:1", "mine");
    }

    /// The server ends the stream, not the reader, who did not leave.
    @Test
    void who_waits_for_too_much_at_once_cancels_nothing() {
        var ada = bearer(Person.registered(server, "ada@example.org"));
        var script = model.script();
        var answers = new ArrayList<CompletableFuture<?>>();
        answers.add(CompletableFuture.runAsync(() -> client.post("/v1/responses", Response.asked("m", "first"), "Authorization", ada)));
        script.awaitAsked();
        for (int i = 0; i < 2; i++) {
            var other = model.script();
            answers.add(CompletableFuture.runAsync(() -> client.post("/v1/responses", Response.asked("m", "other"), "Authorization", ada)));
            other.awaitAsked();
        }
        Eventually.holds(() -> answers.getFirst().isDone());
        script.send("all of it");
        script.finish();
        Eventually.holds(() -> client.get("/api/chats?q=all+of+it", "Authorization", ada).body().contains("\"title\":\"first\""));
    }
}
