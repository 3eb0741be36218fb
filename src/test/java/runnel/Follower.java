package runnel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import runnel.SseReader.Event;

/// What a reader of a reply knows, over any number of connections: the rules of the protocol and nothing more.
public final class Follower {
    private final StringBuilder content = new StringBuilder();
    private final StringBuilder reasoning = new StringBuilder();
    private final List<Boolean> greetings = new ArrayList<>();
    private final List<Known> places = new ArrayList<>();
    private String cursor = "";
    private JsonNode stop;

    /// A cursor, and the text that lies before it.
    public record Known(String cursor, String content, String reasoning) {}

    /// Reads until the stream ends or breaks.
    public Follower readAll(SseReader reader) {
        var event = reader.next();
        if (event.isPresent()) {
            assertEquals("start", event.get().name(), "start is first");
        }
        for (; event.isPresent(); event = reader.next()) {
            take(event.get());
        }
        return this;
    }

    public void take(Event event) {
        assertFalse(stop != null, "nothing follows stop");
        switch (event.name()) {
            case "start" -> start(event.json().get("resumed").asBoolean());
            case "message" -> content.append(event.content());
            case "reasoning" -> reasoning.append(event.content());
            case "stop" -> stop = event.json();
            default -> throw new AssertionError("unknown event " + event.name());
        }
        cursor = event.id();
        places.add(new Known(cursor, content(), reasoning()));
    }

    private void start(boolean resumed) {
        greetings.add(resumed);
        if (!resumed) {
            content.setLength(0);
            reasoning.setLength(0);
        }
    }

    /// Goes on behind a known place, as one who has read so far.
    public static Follower at(Known place) {
        var follower = new Follower();
        follower.content.append(place.content());
        follower.reasoning.append(place.reasoning());
        follower.cursor = place.cursor();
        return follower;
    }

    public String content() {
        return content.toString();
    }

    public String reasoning() {
        return reasoning.toString();
    }

    public String cursor() {
        return cursor;
    }

    public boolean done() {
        return stop != null;
    }

    public JsonNode stop() {
        return stop;
    }

    public String status() {
        return stop == null ? "no stop" : stop.get("status").asText();
    }

    /// What each `start` said of `resumed`.
    public List<Boolean> greetings() {
        return greetings;
    }

    public List<Known> places() {
        return places;
    }
}
