package runnel.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import runnel.Client;
import runnel.Person;
import runnel.Server;

/// On an address that others reach, whoever comes first must show that they are the operator.
class FirstAccountTest {
    @Test
    void the_first_account_takes_the_token_that_was_printed_and_the_second_does_not(@TempDir Path data) {
        var err = System.err;
        var said = new ByteArrayOutputStream();
        System.setErr(new PrintStream(said, true, StandardCharsets.UTF_8));
        try (var server = Server.start(data, "HOST", "0.0.0.0")) {
            System.setErr(err);
            var client = server.client();
            assertTrue(Client.json(client.get("/api/auth")).get("token").asBoolean());
            var ada = Client.object().put("name", "Ada").put("email", "ada@example.org").put("password", Person.PASSWORD);
            assertEquals(List.of("is missing"), Client.json(client.post("/api/register", ada)).get("errors").findValuesAsText("message"));
            assertEquals(422, client.post("/api/register", ada.put("token", "wrong")).statusCode());
            var line = said.toString(StandardCharsets.UTF_8).strip();
            var token = line.substring(line.lastIndexOf(' ') + 1);
            assertEquals("admin", Client.json(client.post("/api/register", ada.put("token", token))).get("role").asText());
            var bob = Client.object().put("name", "Bob").put("email", "bob@example.org").put("password", Person.PASSWORD);
            assertEquals("user", Client.json(client.post("/api/register", bob)).get("role").asText());
        } finally {
            System.setErr(err);
        }
    }
}
