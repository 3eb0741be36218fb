package runnel.cli.terminal;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;
import okhttp3.Response;
import okhttp3.sse.EventSource;
import okhttp3.sse.EventSourceListener;
import okhttp3.sse.EventSources;

/// Reads a reply to its end, over any number of connections: each goes on behind the last event that was written.
final class ReplyReader {
    private final Api api;
    private final String reply;
    private final ReplyOutput out;
    private final Consumer<String> remember;
    private final SeenText content = new SeenText();
    private final SeenText reasoning = new SeenText();
    private final Pause pause = new Pause();
    private Optional<String> cursor;
    private Optional<JsonNode> stop = Optional.empty();
    /// Why what came cannot be written any more, which is another thing than a lost connection.
    private IOException written;
    private boolean away;

    /// @param cursor   where to begin
    /// @param remember is told each cursor whose event was written
    ReplyReader(Api api, String reply, Optional<String> cursor, ReplyOutput out, Consumer<String> remember) {
        this.api = api;
        this.reply = reply;
        this.cursor = cursor;
        this.out = out;
        this.remember = remember;
    }

    /// The data of its `stop`; nothing where the cursor lay behind that.
    ///
    /// @throws Failure where the server refuses
    /// @throws IOException where whoever it is written to has gone
    Optional<JsonNode> read() throws IOException {
        while (stop.isEmpty()) {
            try (var response = api.events(reply, cursor)) {
                if (response.code() == 204) {
                    return Optional.empty();
                }
                take(response);
            } catch (IOException cut) {
                if (written != null) {
                    throw written;
                }
                lost();
            }
        }
        out.end(stop.get());
        return stop;
    }

    private void take(Response response) throws IOException {
        if (response.code() == 200 && !response.header("Content-Type", "").startsWith("text/event-stream")) {
            throw Failure.foreign();
        } else if (response.code() == 200) {
            EventSources.processResponse(response, new Events(response));
            if (written != null) {
                throw written;
            }
            if (stop.isEmpty()) {
                lost();
            }
        } else if (response.code() == 429 || response.code() >= 500) {
            lost();
        } else {
            throw Failure.refused(response.code(), Api.parse(response.body().string()));
        }
    }

    private void lost() throws IOException {
        if (!away) {
            away = true;
            out.note("The connection was lost. The reply goes on where it was as soon as the server is back.");
        }
        pause.next();
    }

    private void take(String name, JsonNode data) throws IOException {
        switch (name) {
            case "start" -> start(data.path("resumed").asBoolean());
            case "reasoning" -> {
                var fresh = reasoning.unseen(data.path("content").asText());
                if (!fresh.isEmpty()) {
                    out.reasoning(fresh);
                }
            }
            case "message" -> message(data.path("content").asText());
            case "stop" -> {
                if (content.beyond() > 0) {
                    out.note("The server has kept %d characters less than were shown.".formatted(content.beyond()));
                }
                stop = Optional.of(data);
            }
            default -> {} // something that later versions tell
        }
    }

    private void message(String piece) throws IOException {
        var fresh = content.unseen(piece);
        if (content.hasTurned()) {
            out.note("The server had lost the end of what was shown, and went on otherwise: here is the whole reply.");
        }
        if (!fresh.isEmpty()) {
            out.content(fresh);
        }
    }

    private void start(boolean resumed) throws IOException {
        pause.reset();
        if (away) {
            away = false;
            out.note("Connected again.");
        }
        if (!resumed) {
            content.restart();
            reasoning.restart();
        }
    }

    private final class Events extends EventSourceListener {
        private final Response response;

        Events(Response response) {
            this.response = response;
        }

        @Override
        public void onEvent(EventSource source, String id, String type, String data) {
            if (written != null || stop.isPresent()) {
                return;
            }
            try {
                var name = type == null ? "message" : type;
                out.event(id, name, data);
                take(name, Api.parse(data));
                cursor = Optional.ofNullable(id);
                cursor.ifPresent(remember);
            } catch (IOException gone) {
                written = gone;
            }
            if (written != null || stop.isPresent()) {
                response.close(); // so that nothing more is read
            }
        }
    }
}
