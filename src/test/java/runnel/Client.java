package runnel;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Pattern;

/// A program that uses the API.
public final class Client {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final Function<String, URI> server;
    private final Consumer<String> ear;

    public Client(Function<String, URI> server) {
        this(server, _ -> {});
    }

    /// @param ear hears all that comes
    public Client(Function<String, URI> server, Consumer<String> ear) {
        this.server = server;
        this.ear = ear;
    }

    /// The ids that a prompt is answered with.
    public record Sent(String chat, String message, String reply, String sse) {}

    public Sent ask(String prompt, String model) {
        return sent(post("/api/chat", object().put("prompt", prompt).put("model", model)));
    }

    public Sent askIn(String chat, String prompt, String model) {
        return sent(post("/api/chat", object().put("prompt", prompt).put("model", model).put("chat", chat)));
    }

    public static Sent sent(HttpResponse<String> answer) {
        if (answer.statusCode() >= 300) {
            throw new AssertionError(answer.statusCode() + " " + answer.body());
        }
        var ids = json(answer);
        return new Sent(ids.get("chat").asText(), ids.get("message").asText(), ids.get("reply").asText(), ids.get("sse").asText());
    }

    public SseReader read(Sent sent, String... headers) {
        return read(sent.sse(), headers);
    }

    public SseReader read(String path, String... headers) {
        return reading(send("GET", path, null, BodyHandlers.ofInputStream(), headers));
    }

    public SseReader reading(HttpResponse<InputStream> answer) {
        return SseReader.of(answer, ear);
    }

    /// The address of the page's script, which differs from version to version.
    public String script() {
        return named("/", "<script type=\"module\" src=\"([^\"]+)\"").getFirst();
    }

    /// What a document names in the pattern's group.
    public List<String> named(String document, String pattern) {
        return Pattern.compile(pattern).matcher(get(document).body()).results().map(found -> found.group(1)).toList();
    }

    /// The whole of a reply, once it has ended.
    public Follower whole(Sent sent) {
        var follower = new Follower();
        try (var reader = read(sent)) {
            follower.readAll(reader);
        }
        return follower;
    }

    /// A reply's message as the chat shows it.
    public JsonNode message(Sent sent) {
        for (var message : json(get("/api/chats/" + sent.chat())).get("messages")) {
            if (message.get("id").asText().equals(sent.reply())) {
                return message;
            }
        }
        throw new AssertionError("The chat does not have that reply");
    }

    public HttpResponse<String> get(String path, String... headers) {
        return send("GET", path, null, headers);
    }

    public HttpResponse<String> post(String path, JsonNode body, String... headers) {
        return send("POST", path, body.toString(), with(headers, "Content-Type", "application/json"));
    }

    public HttpResponse<String> send(String method, String path, String body, String... headers) {
        return send(method, path, body, BodyHandlers.ofString(), headers);
    }

    /// Sends a file.
    public HttpResponse<String> upload(String name, byte[] content, String... headers) {
        return sendBytes("POST", "/api/uploads?name=" + URLEncoder.encode(name, StandardCharsets.UTF_8), BodyPublishers.ofByteArray(content),
                BodyHandlers.ofString(), headers);
    }

    public <T> HttpResponse<T> send(String method, String path, String body, BodyHandler<T> handler, String... headers) {
        return sendBytes(method, path, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body), handler, headers);
    }

    public <T> HttpResponse<T> sendBytes(String method, String path, BodyPublisher publisher, BodyHandler<T> handler, String... headers) {
        var request = HttpRequest.newBuilder(server.apply(path)).method(method, publisher);
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            var answer = HTTP.send(request.build(), handler);
            answer.headers().map().forEach((name, values) -> values.forEach(value -> ear.accept(name + ": " + value + "\n")));
            ear.accept(answer.body() instanceof String text ? text : "");
            return answer;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException stopped) {
            throw new AssertionError(stopped);
        }
    }

    private static String[] with(String[] headers, String name, String value) {
        var all = java.util.Arrays.copyOf(headers, headers.length + 2);
        all[headers.length] = name;
        all[headers.length + 1] = value;
        return all;
    }

    public static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    public static JsonNode json(HttpResponse<String> answer) {
        return json(answer.body());
    }

    public static JsonNode json(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (JsonProcessingException notJson) {
            throw new AssertionError("Not JSON: " + text, notJson);
        }
    }
}
