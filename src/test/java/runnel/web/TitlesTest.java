package runnel.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import runnel.Client;
import runnel.faults.Eventually;
import runnel.upstream.openai.Scenario;
import runnel.upstream.openai.Scenarios;
import runnel.upstream.openai.Script;

/// Titles that a model gives.
class TitlesTest extends WebTest {
    @Override
    protected String[] settings() {
        return new String[] {"TASK_MODEL", "titler"};
    }

    private String title(Client.Sent sent) {
        return Client.json(client.get("/api/chats/" + sent.chat())).get("title").asText();
    }

    private Client.Sent answered(Scenario answer, Scenario titled) {
        model.next(answer, titled);
        var sent = client.ask("How do rivers begin?\nTell me all.", "m");
        client.whole(sent);
        return sent;
    }

    private void asked(int questions) {
        Eventually.holds(() -> model.questions().size() == questions);
    }

    @Test
    void the_first_complete_reply_gives_a_chat_its_title_once() {
        var title = new Script();
        var sent = answered(Scenarios.deltas("From springs."), title);
        assertEquals("How do rivers begin?", title(sent), "at once, what there is");
        var question = title.awaitAsked();
        assertEquals("titler", question.model());
        assertTrue(question.lastContent().contains("How do rivers begin?") && question.lastContent().contains("From springs."));
        title.send("# \"Where rivers ").send("begin\".\n\nI hope").finish();
        Eventually.holds(() -> title(sent).equals("Where rivers begin"));
        assertEquals(1, Client.json(client.get("/api/chats?q=where")).get("chats").size());

        client.whole(client.askIn(sent.chat(), "And then?", "text:1"));
        Eventually.sleep(200);
        assertEquals(3, model.questions().size());
    }

    @Test
    void a_title_that_a_person_gave_is_never_replaced_not_even_by_one_that_is_on_its_way() {
        var title = new Script();
        var sent = answered(Scenarios.deltas("so"), title);
        title.awaitAsked();
        client.send("PATCH", "/api/chats/" + sent.chat(), "{\"title\":\"How do rivers begin?\"}", "Content-Type", "application/json");
        title.send("Better").finish();
        Eventually.sleep(300);
        assertEquals("How do rivers begin?", title(sent));

        model.next(Scenarios.silence(1));
        var second = client.ask("x", "m");
        client.send("PATCH", "/api/chats/" + second.chat(), "{\"title\":\"mine\"}", "Content-Type", "application/json");
        client.send("POST", "/api/replies/" + second.reply() + "/stop", null);
        client.whole(client.askIn(second.chat(), "y", "text:1"));
        Eventually.sleep(200);
        assertEquals(4, model.questions().size(), "nobody is asked for it");
    }

    @Test
    void what_fails_leaves_the_title_and_is_logged() {
        var sent = answered(Scenarios.deltas("so"), Scenarios.refuse(500, "no"));
        asked(2);
        Eventually.holds(() -> server.log().contains("TASK_MODEL"));
        assertEquals("How do rivers begin?", title(sent));
        var empty = answered(Scenarios.deltas("so"), Scenarios.deltas(" \n ** \n"));
        asked(4);
        Eventually.sleep(200);
        assertEquals("How do rivers begin?", title(empty));
    }

    @Test
    void a_title_whose_tokens_cannot_be_counted_is_given_all_the_same() {
        server.database().write(sql -> sql.update("create trigger broken before insert on token_use when new.model = 'titler'"
                + " begin select raise(abort, 'broken'); end"));
        var sent = answered(Scenarios.deltas("so"), Scenarios.deltas("Better"));
        Eventually.holds(() -> title(sent).equals("Better"));
    }

    @Test
    void a_model_that_talks_on_is_cut_off_and_its_title_is_short() {
        var sent = answered(Scenarios.deltas("so"), Scenarios.deltas("\u202e<b>" + "x".repeat(200), "y".repeat(500)));
        Eventually.holds(() -> title(sent).equals("<b>" + "x".repeat(77)));
    }

    @Test
    void replies_that_fail_and_temporary_chats_ask_for_no_title() {
        model.next(Scenarios.cut(1));
        client.whole(client.ask("a", "m"));
        model.next(Scenarios.deltas("so"));
        client.whole(Client.sent(client.post("/api/chat", Client.object().put("prompt", "b").put("temporary", true))));
        Eventually.sleep(200);
        assertEquals(2, model.questions().size());
    }

    @Test
    void of_replies_side_by_side_one_asks() {
        var body = Client.object().put("prompt", "hello");
        body.putArray("models").add("text:1").add("text:2");
        client.whole(Client.sent(client.post("/api/chat", body)));
        asked(3);
        Eventually.sleep(200);
        assertEquals(3, model.questions().size());
    }
}
