package runnel;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// Reads `text/event-stream` as the standard wants it (WHATWG HTML, 9.2.6), as far as a test likes: an event counts only
/// once its empty line has come.
public final class SseReader implements AutoCloseable {
    private final HttpResponse<InputStream> answer;
    private final Consumer<String> ear;
    private final InputStream in;
    private final List<String> comments = new ArrayList<>();
    private final StringBuilder raw = new StringBuilder();
    private long left = Long.MAX_VALUE;
    private boolean broken;

    private SseReader(HttpResponse<InputStream> answer, Consumer<String> ear) {
        this.answer = answer;
        this.ear = ear;
        this.in = answer.body();
    }

    /// @param ear hears what is read
    public static SseReader of(HttpResponse<InputStream> answer, Consumer<String> ear) {
        return new SseReader(answer, ear);
    }

    /// One event as it came.
    public record Event(String id, String name, String data) {
        public JsonNode json() {
            return Client.json(data);
        }

        public String content() {
            return json().path("content").asText();
        }
    }

    public int status() {
        return answer.statusCode();
    }

    public String header(String name) {
        return answer.headers().firstValue(name).orElse("");
    }

    /// Lets the line break after so many bytes more.
    public SseReader cutAfter(long bytes) {
        left = bytes;
        return this;
    }

    /// The next event; nothing where the stream ended or the line broke.
    public Optional<Event> next() {
        String id = "";
        String name = "message";
        String data = null;
        for (var line = line(); line.isPresent(); line = line()) {
            var text = line.get();
            if (text.isEmpty()) {
                if (data != null) {
                    return Optional.of(new Event(id, name, data));
                }
            } else if (text.startsWith(":")) {
                comments.add(text);
            } else if (text.startsWith("id: ")) {
                id = text.substring(4);
            } else if (text.startsWith("event: ")) {
                name = text.substring(7);
            } else if (text.startsWith("data: ")) {
                data = data == null ? text.substring(6) : data + "\n" + text.substring(6);
            }
        }
        return Optional.empty();
    }

    /// Reads until an event of this name.
    public Event next(String name) {
        for (var event = next(); event.isPresent(); event = next()) {
            if (event.get().name().equals(name)) {
                return event.get();
            }
        }
        throw new AssertionError("The stream ended before " + name);
    }

    public List<Event> rest() {
        var events = new ArrayList<Event>();
        for (var event = next(); event.isPresent(); event = next()) {
            events.add(event.get());
        }
        return events;
    }

    /// Waits for a comment.
    public void awaitComment() {
        int before = comments.size();
        for (var line = line(); line.isPresent(); line = line()) {
            if (line.get().startsWith(":")) {
                comments.add(line.get());
            }
            if (comments.size() > before) {
                return;
            }
        }
        throw new AssertionError("The stream ended before a comment");
    }

    /// All that was read so far.
    public String raw() {
        return raw.toString();
    }

    /// Whether the answer ended otherwise than in good order.
    public boolean broken() {
        return broken;
    }

    private Optional<String> line() {
        var bytes = new ByteArrayOutputStream();
        try {
            while (left-- > 0) {
                int next = in.read();
                if (next < 0) {
                    return Optional.empty();
                }
                if (next == '\n') {
                    var line = bytes.toString(StandardCharsets.UTF_8);
                    raw.append(line).append('\n');
                    ear.accept(line);
                    return Optional.of(line);
                }
                bytes.write(next);
            }
        } catch (IOException gone) {
            broken = true;
        }
        close();
        return Optional.empty();
    }

    @Override
    public void close() {
        try {
            in.close();
        } catch (IOException alreadyGone) {
            // what a reader that goes away does not hear of
        }
    }
}
