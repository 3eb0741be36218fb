package runnel.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import runnel.upstream.openai.Scenarios;

/// What was learned of a model outlives a restart, for a while and for that server alone.
class LearnedModelsTest extends WebTest {
    private static final String TOO_LONG = "This model's maximum context length is 4096 tokens. However, your messages resulted in 9000 tokens.";

    @Override
    protected String[] settings() {
        return new String[] {"OPENAI_MAX_RESPONSE_LENGTH", "100"};
    }

    private String ask(String prompt) {
        return server.client().whole(server.client().ask(prompt, "m")).content();
    }

    private int asked() {
        return model.questions().size();
    }

    @ParameterizedTest
    @ValueSource(strings = {"max_tokens", "system"})
    void a_model_refuses_the_same_once(String what) {
        model.next(what.equals("system") ? Scenarios.refuse(400, "System role not supported") : Scenarios.refuseParameter(what, Scenarios.text(1)),
                Scenarios.text(1));
        assertEquals("word0 ", ask("one"));
        assertEquals(2, asked());
        server.restart();
        model.next(Scenarios.text(1));
        assertEquals("word0 ", ask("two"));
        assertEquals(3, asked());
        var body = model.questions().getLast().body();
        assertEquals(what.equals("system") ? "user" : "system", body.at("/messages/0/role").asText());
        assertEquals(!what.equals("max_tokens"), body.has("max_tokens"));
    }

    @Test
    void how_much_fits_is_known_from_the_first_prompt_on() {
        model.next(Scenarios.text(1));
        var first = server.client().ask("x".repeat(12_000), "m");
        server.client().whole(first);
        model.next(Scenarios.refuse(400, TOO_LONG), Scenarios.text(1));
        server.client().whole(server.client().askIn(first.chat(), "short", "m"));
        server.restart();
        model.next(Scenarios.text(1));
        int before = asked();
        server.client().whole(server.client().askIn(first.chat(), "short", "m"));
        assertEquals(before + 1, asked());
        assertTrue(model.questions().getLast().bytes().length < 4_096, "the long prompt was left out before it was refused");
    }

    @Test
    void it_is_forgotten_after_a_week_and_where_the_address_is_another() {
        model.next(Scenarios.refuseParameter("max_tokens", Scenarios.text(1)), Scenarios.text(1));
        ask("one");
        server.database().write(sql -> sql.update("update lesson set learned = learned - ?", TimeUnit.DAYS.toMillis(8)));
        server.restart();
        model.next(Scenarios.text(1));
        ask("two");
        assertTrue(model.questions().getLast().body().has("max_tokens"));
        model.next(Scenarios.refuseParameter("max_tokens", Scenarios.text(1)), Scenarios.text(1));
        ask("three");
        server.set("OPENAI_BASE_URL", model.baseUrl() + "/other").restart();
        model.next(Scenarios.text(1));
        ask("four");
        assertTrue(model.questions().getLast().body().has("max_tokens"));
        assertFalse(server.database().<Long>read(sql -> sql.number("select count(*) from lesson")) > 1);
    }

    @Test
    void few_are_kept() {
        for (int i = 0; i < 300; i++) {
            int each = i;
            server.database().write(sql -> sql.update("insert into lesson (server, model, lesson, learned) values ('s', ?, 'x', ?)",
                    "m" + each, System.currentTimeMillis() - each * 1_000));
        }
        model.next(Scenarios.refuseParameter("max_tokens", Scenarios.text(1)), Scenarios.text(1));
        ask("one");
        assertEquals(256L, (long) server.database().read(sql -> sql.number("select count(*) from lesson")));
    }
}
