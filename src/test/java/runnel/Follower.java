package runnel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import runnel.SseReader.Event;

/// What a reader of a reply knows, over any number of connections: the rules of the protocol and nothing more.
public final class Follower {
    private final List<Told> told = new ArrayList<>();
    private final List<Boolean> greetings = new ArrayList<>();
    private final List<Known> places = new ArrayList<>();
    private String cursor = "";
    private JsonNode stop;

    /// What came under one event's name, until another one came.
    public record Told(String event, String text) {}

    /// A cursor, and what lies before it.
    public record Known(String cursor, List<Told> told) {
        public Known(String cursor, String content, String reasoning) {
            this(cursor, Stream.of(new Told("reasoning", reasoning), new Told("message", content)).filter(each -> !each.text.isEmpty()).toList());
        }

        public String content() {
            return joined(told, "message");
        }
    }

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
            case "message", "reasoning" -> more(event.name(), event.content());
            case "stop" -> stop = event.json();
            default -> throw new AssertionError("unknown event " + event.name());
        }
        cursor = event.id();
        places.add(new Known(cursor, told()));
    }

    private void more(String event, String text) {
        boolean goesOn = !told.isEmpty() && told.getLast().event.equals(event);
        told.add(new Told(event, goesOn ? told.removeLast().text + text : text));
    }

    private void start(boolean resumed) {
        greetings.add(resumed);
        if (!resumed) {
            told.clear();
        }
    }

    /// Goes on behind a known place, as one who has read so far.
    public static Follower at(Known place) {
        var follower = new Follower();
        follower.told.addAll(place.told());
        follower.cursor = place.cursor();
        return follower;
    }

    /// All of it in its order.
    public List<Told> told() {
        return List.copyOf(told);
    }

    private static String joined(List<Told> told, String event) {
        return told.stream().filter(each -> each.event.equals(event)).map(Told::text).collect(Collectors.joining());
    }

    public String content() {
        return joined(told, "message");
    }

    public String reasoning() {
        return joined(told, "reasoning");
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
