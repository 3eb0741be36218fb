package runnel.web;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.StringJoiner;
import org.junit.jupiter.api.Test;
import runnel.Client;
import runnel.Person;
import runnel.web.Document.Operation;

/// Requests made by chance from the API's document, good ones, odd ones and broken ones: none makes the server fail, and
/// every answer is one that the document knows. `-Drunnel.requests=20000` for the long run.
class GeneratedRequestsTest extends WebTest {
    private static final int REQUESTS = Integer.getInteger("runnel.requests", 500);
    /// How many requests a failure shows: the one that failed, and those before it on its connection.
    private static final int SHOWN = 4;
    private static final List<String> ODD = List.of("\"\"", "null", "-1", "1e400", "99999999999999999999", "1.5", "true", "[]", "{}", "\"\\u0000\"", "\"\\ud800\"",
            "\"../../etc/passwd\"", "\"a\\r\\nSet-Cookie: x\"", "\"' or 1=1 --\"", "\"<script>\"", "[[[[[[]]]]]]", "\"" + "x".repeat(2_000) + "\"");

    private final Random random = new Random(5);
    private final Deque<String> before = new ArrayDeque<>();
    private Document document;
    private List<String> ids;

    @Override
    protected String[] settings() {
        return new String[] {"AUTH", "accounts"};
    }

    @Test
    void no_request_makes_the_server_fail_or_answer_what_the_document_does_not_know() {
        document = Document.of(server);
        var ada = Person.registered(server, "ada@example.org");
        var bearer = "Bearer " + ada.token();
        talk(bearer);
        var operations = document.operations().stream().filter(each -> !each.isSocket() && !each.isEndless() && !each.path().startsWith("/api/inspect")
                && !each.toString().matches("DELETE /api/me|POST /api/logout")).toList();
        for (int i = 0; i < REQUESTS; i++) {
            var answer = check(operations.get(random.nextInt(operations.size())), bearer);
            if (answer.statusCode() == 204 && answer.request().uri().getPath().startsWith("/api/chats/")) {
                talk(bearer); // so that there is always something to ask for
            }
        }
    }

    private void talk(String bearer) {
        var sent = Client.sent(client.post("/api/chat", Client.object().put("prompt", "hello").put("model", "text:2"), "Authorization", bearer));
        ids = List.of(sent.chat(), sent.reply(), sent.message(), NOWHERE, "x", "%00", "..", "%2e%2e%2f", "a".repeat(500), "%ff", "'", "ü");
    }

    private HttpResponse<String> check(Operation operation, String bearer) {
        var path = path(operation);
        var body = operation.hasBody() ? body(operation) : null;
        var headers = new ArrayList<>(List.of("Authorization", bearer));
        if (body != null) {
            headers.addAll(List.of("Content-Type", random.nextInt(20) == 0 ? "text/plain" : "application/json"));
        }
        var answer = client.send(operation.method(), path, body, headers.toArray(String[]::new));
        before.add(operation.method() + " " + path + " " + body + " -> " + answer.statusCode() + " " + answer.headers().map() + " " + answer.body());
        if (before.size() > SHOWN) {
            before.remove();
        }
        var story = String.join("\n", before);
        assertTrue(answer.statusCode() < 500, story);
        assertFalse(answer.body().matches("(?s).*(Exception|\\tat [a-z]).*"), story);
        document.wrongWith(operation, answer).ifPresent(wrong -> {
            throw new AssertionError(wrong + ": " + story);
        });
        return answer;
    }

    /// As often as not one that is there.
    private String id() {
        return ids.get(random.nextBoolean() ? random.nextInt(3) : random.nextInt(ids.size()));
    }

    private String path(Operation operation) {
        var path = operation.path();
        while (path.contains("{")) {
            var id = id();
            id = path.matches("[^{]*\\{response}.*") ? "resp_" + id.replace("-", "") : id;
            path = path.replaceFirst("\\{\\w+}", java.util.regex.Matcher.quoteReplacement(id.startsWith("%") || id.equals("..") ? "x" + id : URLEncoder.encode(id, StandardCharsets.UTF_8)));
        }
        var query = new StringJoiner("&", "?", "").setEmptyValue("");
        operation.node().path("parameters").forEach(each -> {
            var parameter = document.resolved(each);
            if (parameter.get("in").asText().equals("query") && random.nextBoolean()) {
                query.add(parameter.get("name").asText() + "=" + value(parameter.get("name").asText()));
            }
        });
        return path + query;
    }

    private String value(String name) {
        var odd = ODD.get(random.nextInt(ODD.size())).replace("\"", "");
        return name.equals("wait") ? List.of("0", "-1", "x", "99999999999").get(random.nextInt(4))
                : random.nextInt(3) == 0 ? "1" : URLEncoder.encode(odd, StandardCharsets.UTF_8);
    }

    private String body(Operation operation) {
        var schema = document.resolved(operation.node().at("/requestBody/content/application~1json/schema"));
        return switch (random.nextInt(8)) {
            case 0 -> ODD.get(random.nextInt(ODD.size()));
            case 1 -> "{\"prompt\":\"x\"";
            case 2 -> "[".repeat(random.nextInt(2_000));
            default -> object(schema);
        };
    }

    private String object(JsonNode schema) {
        var fields = new StringJoiner(",", "{", "}");
        var required = schema.path("required").toString();
        schema.path("properties").forEachEntry((name, property) -> {
            boolean wanted = required.contains('"' + name + '"') ? random.nextInt(8) != 0 : random.nextInt(3) == 0;
            if (wanted && !name.equals("model")) {
                fields.add("\"" + name + "\":" + (random.nextInt(4) == 0 ? ODD.get(random.nextInt(ODD.size())) : good(name, document.resolved(property))));
            }
        });
        if (required.contains("\"model\"") && random.nextInt(4) != 0) {
            fields.add("\"model\":" + (random.nextInt(4) == 0 ? ODD.get(random.nextInt(ODD.size())) : "\"text:2\""));
        }
        if (random.nextInt(4) == 0) {
            fields.add("\"unknown\":" + ODD.get(random.nextInt(ODD.size())));
        }
        return fields.toString();
    }

    private JsonNode good(String name, JsonNode schema) {
        var factory = JsonNodeFactory.instance;
        var type = schema.path("type").isArray() ? schema.path("type").get(0).asText() : schema.path("type").asText();
        return switch (type) {
            case "integer", "number" -> factory.numberNode(1);
            case "boolean" -> factory.booleanNode(random.nextBoolean());
            case "array" -> factory.arrayNode();
            case "object" -> Client.object();
            default -> factory.textNode(name.equals("chat") || name.equals("parent") ? id() : switch (schema.path("format").asText()) {
                case "email" -> "p" + random.nextInt(5) + "@example.org";
                case "uuid" -> new java.util.UUID(random.nextLong(), random.nextLong()).toString();
                default -> "some words " + random.nextInt(100);
            });
        };
    }
}
