package runnel.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Arrays;
import java.util.List;

/// How long a server takes to list many chats and to open a long one.
final class ChatLibrary {
    private static final List<Integer> CHATS = List.of(100, 1_000, 10_000);
    private static final List<Integer> MESSAGES = List.of(50, 500, 5_000);
    private static final int AT_ONCE = 500;
    private static final int LOOKS = 30;

    private final ObjectMapper json = new ObjectMapper();
    private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI server;
    private final Bench options;

    ChatLibrary(URI server, Bench options) {
        this.server = server;
        this.options = options;
    }

    void measure() throws IOException, InterruptedException {
        var listing = new Table(List.of("chats", "listing the newest 50, ms", "searching all for a word, ms"));
        int there = 0;
        for (int chats : options.quick() ? CHATS.subList(0, 2) : CHATS) {
            fill(there, chats);
            there = chats;
            listing.row("%,d".formatted(chats), 2, median("/api/chats?limit=50"), median("/api/chats?limit=50&q=needle"));
        }
        var opening = new Table(List.of("messages", "opening a chat, ms"));
        for (int messages : options.quick() ? MESSAGES.subList(0, 2) : MESSAGES) {
            var id = imported(json.createArrayNode().add(chat("A long chat", messages)));
            opening.row("%,d".formatted(messages), 2, median("/api/chats/" + id));
        }
        options.print(listing + "\n" + opening + "\n");
    }

    private void fill(int from, int to) throws IOException, InterruptedException {
        for (int at = from; at < to; at += AT_ONCE) {
            var chats = json.createArrayNode();
            for (int number = at; number < Math.min(at + AT_ONCE, to); number++) {
                chats.add(chat("Chat " + number + (number % AT_ONCE == 0 ? " with a needle" : ""), 2));
            }
            imported(chats);
        }
    }

    private ObjectNode chat(String title, int messages) {
        var chat = json.createObjectNode().put("format", "runnel/1").put("title", title);
        var list = chat.putArray("messages");
        for (int number = 0; number < messages; number++) {
            var message = list.addObject().put("id", "m" + number).put("role", number % 2 == 0 ? "user" : "assistant")
                    .put("content", "Message " + number + " says something of ordinary length, such as this sentence here.");
            if (number > 0) {
                message.put("parent", "m" + (number - 1));
            }
        }
        return chat;
    }

    /// @return the id of the first of them
    private String imported(ArrayNode chats) throws IOException, InterruptedException {
        var request = request("/api/import").header("Content-Type", "application/json");
        var answer = send(request.POST(BodyPublishers.ofString(chats.toString())));
        return json.readTree(answer).path("chats").path(0).asText();
    }

    /// Milliseconds from the request to the end of the answer.
    private double median(String path) throws IOException, InterruptedException {
        var times = new long[LOOKS];
        for (int look = 0; look < 2 * LOOKS; look++) { // the first half warms up
            long began = System.nanoTime();
            send(request(path).GET());
            times[look % LOOKS] = System.nanoTime() - began;
        }
        Arrays.sort(times);
        return times[LOOKS / 2] / 1e6;
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(server.resolve(path));
    }

    private String send(HttpRequest.Builder request) throws IOException, InterruptedException {
        var answer = client.send(request.build(), BodyHandlers.ofString());
        if (answer.statusCode() >= 300) {
            throw new BenchException("The server answered " + answer.statusCode() + " to " + answer.request().uri().getPath() + ".");
        }
        return answer.body();
    }
}
