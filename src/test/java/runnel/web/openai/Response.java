package runnel.web.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import runnel.Client;
import runnel.SseReader;

/// What tests read of the Responses API without an SDK.
public record Response(Client client, String id) {
    /// Some events of a response, as they came.
    public record Events(List<JsonNode> all) {
        public String text() {
            return joined(all.stream());
        }

        private static String joined(Stream<JsonNode> events) {
            var text = new StringBuilder();
            events.filter(event -> event.get("type").asText().endsWith(".delta")).forEach(event -> text.append(event.get("delta").asText()));
            return text.toString();
        }

        public List<String> types() {
            return all.stream().map(event -> event.get("type").asText()).filter(type -> !type.endsWith(".delta")).toList();
        }

        public JsonNode last() {
            return all.getLast();
        }

        public long number() {
            return last().get("sequence_number").asLong();
        }

        /// As a helper does that gets everything and drops what it knows.
        public String textBehind(long number) {
            return joined(all.stream().filter(event -> event.get("sequence_number").asLong() > number));
        }
    }

    public static ObjectNode asked(String model, String input) {
        return Client.object().put("model", model).put("input", input);
    }

    public static HttpResponse<InputStream> open(Client client, ObjectNode body, String... headers) {
        var all = Stream.concat(Stream.of("Content-Type", "application/json"), Stream.of(headers)).toArray(String[]::new);
        return client.send("POST", "/v1/responses", body.put("stream", true).toString(), BodyHandlers.ofInputStream(), all);
    }

    public static Response of(Client client, HttpResponse<String> answer) {
        if (answer.statusCode() != 200) {
            throw new AssertionError(answer.statusCode() + " " + answer.body());
        }
        return new Response(client, Client.json(answer).get("id").asText());
    }

    /// One that runs in the background.
    public static Response background(Client client, ObjectNode body) {
        return of(client, client.post("/v1/responses", body.put("background", true)));
    }

    public String path() {
        return "/v1/responses/" + id;
    }

    /// The reply's id everywhere else.
    public String reply() {
        return id.replaceFirst("resp_(.{8})(.{4})(.{4})(.{4})(.{12})", "$1-$2-$3-$4-$5");
    }

    public JsonNode now() {
        return Client.json(client.get(path()));
    }

    public String status() {
        return now().get("status").asText();
    }

    /// The text of its messages.
    public static String text(JsonNode response) {
        var text = new StringBuilder();
        response.get("output").forEach(item -> item.path("content").forEach(part -> text.append(part.path("text").asText())));
        return text.toString();
    }

    public SseReader reader(String query) {
        return client.read(path() + "?stream=true" + query);
    }

    public Events read(String query) {
        try (var reader = reader(query)) {
            return read(reader, Integer.MAX_VALUE);
        }
    }

    public Events after(long number) {
        return read("&starting_after=" + number);
    }

    /// The next so many events, or what there is until the end.
    public static Events read(SseReader reader, int most) {
        var events = new ArrayList<JsonNode>();
        while (events.size() < most) {
            var event = reader.next();
            if (event.isEmpty() || event.get().data().equals("[DONE]")) {
                break;
            }
            var data = event.get().json();
            if (!data.get("type").asText().equals(event.get().name())) {
                throw new AssertionError(event.get().toString());
            }
            events.add(data);
        }
        return new Events(events);
    }
}
