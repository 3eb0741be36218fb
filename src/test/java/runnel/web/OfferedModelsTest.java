package runnel.web;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import runnel.Client;
import runnel.Person;
import runnel.Server;

/// People with accounts ask the models that are offered; the operator of a server without accounts asks any.
class OfferedModelsTest {
    @TempDir
    Path data;

    private Server start(String... more) {
        var settings = new java.util.ArrayList<>(java.util.List.of("AUTH", "accounts", "ANY_MODEL", "false"));
        settings.addAll(java.util.List.of(more));
        return Server.start(data, settings.toArray(String[]::new));
    }

    private static String first(Person person) {
        return Client.json(person.get("/api/models")).get("models").get(0).get("id").asText();
    }

    @Test
    void a_model_that_is_not_in_the_list_is_refused_by_name_and_nobody_is_asked() {
        try (var server = start()) {
            var ada = Person.registered(server, "ada@example.org");
            var offered = first(ada);
            int before = server.upstream().questions().size();
            var refused = ada.send("POST", "/api/chat", Client.object().put("prompt", "x").put("model", "dear-one"));
            assertEquals("model", WebTest.problem(422, refused).get("errors").get(0).get("field").asText());
            assertEquals(before, server.upstream().questions().size());
            var sent = ada.ask("x", offered);
            ada.send("POST", "/api/replies/" + sent.reply() + "/stop", null);
            WebTest.problem(422, ada.send("POST", "/api/replies/" + sent.reply() + "/regenerate", Client.object().put("model", "dear-one")));
        }
    }

    @Test
    void a_chat_that_was_brought_in_with_another_model_asks_nobody_either() {
        try (var server = start()) {
            var ada = Person.registered(server, "ada@example.org");
            first(ada);
            int before = server.upstream().questions().size();
            var file = Client.json("{\"format\":\"runnel/1\",\"title\":\"t\",\"model\":\"dear-one\",\"messages\":[{\"id\":\"a\",\"parent\":null,\"role\":\"user\",\"content\":\"hi\"}]}");
            var chat = Client.json(ada.send("POST", "/api/import", file)).get("chats").get(0).asText();
            var sent = Client.sent(ada.send("POST", "/api/chat", Client.object().put("prompt", "x").put("chat", chat)));
            try (var reader = ada.read(sent)) {
                assertEquals("urn:runnel:model-not-offered", reader.next("stop").json().get("error").get("type").asText());
            }
            assertEquals(before, server.upstream().questions().size());
        }
    }

    @Test
    void the_default_model_is_offered_whether_or_not_it_is_in_the_list() {
        try (var server = start("OPENAI_MODEL", "text:2")) {
            assertEquals(201, Person.registered(server, "ada@example.org").send("POST", "/api/chat", Client.object().put("prompt", "x").put("model", "text:2")).statusCode());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "accounts"})
    void the_operator_asks_any_model_and_may_let_people_do_so(String auth) {
        try (var server = start("AUTH", auth, "ANY_MODEL", Boolean.toString(auth.equals("accounts")))) {
            var ada = auth.equals("none") ? Person.at(server, "") : Person.registered(server, "ada@example.org");
            first(ada);
            assertEquals(201, ada.send("POST", "/api/chat", Client.object().put("prompt", "x").put("model", "text:2")).statusCode());
        }
    }
}
