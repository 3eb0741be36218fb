package runnel.web;

import org.junit.jupiter.api.Test;
import runnel.Client;
import runnel.faults.Eventually;
import runnel.upstream.openai.Scenarios;
import runnel.upstream.openai.Script;

class QueueWhenFullTest extends WebTest {
    @Override
    protected String[] settings() {
        return new String[] {"MAX_RUNNING", "1"};
    }

    private int messages(String chat) {
        return Client.json(client.get("/api/chats/" + chat)).get("messages").size();
    }

    @Test
    void what_is_due_while_the_server_is_full_is_sent_when_there_is_room() {
        model.next(Scenarios.refuse(400, "no"));
        var first = client.ask("one", "m");
        client.whole(first);
        var queued = Client.json(client.post("/api/chats/" + first.chat() + "/queue", Client.object().put("prompt", "two"))).get("id").asText();
        var script = new Script();
        model.next(script);
        var other = client.ask("other", "m");
        script.awaitAsked();
        problem(503, client.send("POST", "/api/chats/" + first.chat() + "/queue/" + queued + "/send", null));

        server.database().write(sql -> sql.update("update message set status = 'complete' where id = ?", first.reply()));
        client.post("/api/chats/" + first.chat() + "/queue", Client.object().put("prompt", "three"));
        Eventually.sleep(200);
        script.send("a").finish();
        Eventually.holds(() -> messages(first.chat()) == 6);
        Eventually.holds(() -> messages(other.chat()) == 2);
    }
}
