package runnel.web.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import runnel.Client;
import runnel.Server;
import runnel.SseReader;
import runnel.SseReader.Event;

/// `GET /api/events`.
@Timeout(60)
class NotificationsStreamTest {
    private static final String EVENTS = "/api/events";

    @TempDir
    Path data;
    Server server;
    Client client;

    @BeforeEach
    void start() {
        server = Server.start(data, "HEARTBEAT", "1");
        client = server.client();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Event resync(SseReader events) {
        var first = events.next().orElseThrow();
        assertEquals("notification", first.name());
        assertEquals("resync", first.json().get("kind").asText());
        return first;
    }

    @Test
    void aReaderWithoutACursorIsToldToReadEverythingAfreshAndThenHearsWhatHappens() {
        try (var events = client.read(EVENTS)) {
            assertEquals(200, events.status());
            assertEquals("text/event-stream", events.header("content-type").replaceAll(";.*", ""));
            assertEquals("no-store, no-transform", events.header("cache-control"));
            assertEquals("no", events.header("x-accel-buffering"));
            resync(events);
            assertTrue(events.raw().startsWith("retry: "), events.raw());

            var sent = client.ask("A prompt", "text:3");
            assertEquals(Client.object().put("kind", "chats-changed").put("chat", sent.chat()).put("change", "created"),
                    events.next().orElseThrow().json());
            var finished = events.next().orElseThrow().json();
            assertEquals(Client.object().put("kind", "reply-finished").put("chat", sent.chat()).put("reply", sent.reply())
                    .put("title", "A prompt").put("status", "complete").put("seconds", finished.get("seconds").intValue()), finished);
        }
    }

    @Test
    void everyChangeOfTheListIsTold() {
        var sent = client.ask("A prompt", "text:3");
        client.whole(sent);
        try (var events = client.read(EVENTS)) {
            resync(events);
            var chat = "/api/chats/" + sent.chat();
            client.send("PATCH", chat, "{\"title\":\"Another\"}", "Content-Type", "application/json");
            assertEquals("changed", events.next().orElseThrow().json().get("change").asText());
            client.whole(client.askIn(sent.chat(), "More", "text:3"));
            assertEquals("changed", events.next().orElseThrow().json().get("change").asText());
            assertEquals("Another", events.next().orElseThrow().json().get("title").asText());
            client.send("DELETE", chat, null);
            assertEquals(Client.object().put("kind", "chats-changed").put("chat", sent.chat()).put("change", "deleted"),
                    events.next().orElseThrow().json());
        }
    }

    @Test
    void anAnnouncementReachesEverybodyAlsoWhoComesBackLater() {
        String cursor;
        try (var events = client.read(EVENTS)) {
            resync(events);
            assertEquals(201, client.post("/api/announcements", Client.object().put("text", "Down at noon")).statusCode());
            cursor = events.next().orElseThrow().id();
        }
        client.post("/api/announcements", Client.object().put("text", "Up again 🎉"));
        try (var events = client.read(EVENTS, "Last-Event-ID", cursor)) {
            assertEquals(Client.object().put("kind", "announcement").put("text", "Up again 🎉"), events.next().orElseThrow().json());
        }
        assertEquals(422, client.post("/api/announcements", Client.object().put("text", " ")).statusCode());
    }

    @Test
    void aReplyThatACrashOrRestartCutOffIsToldWhenTheServerIsBack() {
        var script = server.upstream().script();
        String cursor;
        try (var events = client.read(EVENTS)) {
            resync(events);
            client.ask("A prompt", "scripted");
            cursor = events.next().orElseThrow().id();
            script.awaitAsked();
            server.restart();
        }
        try (var events = client.read(EVENTS + "?after=" + cursor)) {
            assertEquals("interrupted", events.next().orElseThrow().json().get("status").asText());
        }
    }

    @Test
    void acrossAnyCutsAndRestartsEveryNotificationComesOnceAndInOrder() {
        var random = new Random(7);
        var wanted = new ArrayList<String>();
        var seen = new ArrayList<String>();
        String cursor;
        try (var events = client.read(EVENTS)) {
            cursor = resync(events).id();
        }
        for (int round = 0; round < 40; round++) {
            for (int i = random.nextInt(4); i > 0; i--) {
                wanted.add("No. " + wanted.size());
                client.post("/api/announcements", Client.object().put("text", wanted.getLast()));
            }
            if (round % 20 == 10) {
                server.restart();
            }
            cursor = readSome(cursor, random.nextInt(600), wanted, seen);
        }
        readSome(cursor, Integer.MAX_VALUE, wanted, seen);
        assertEquals(wanted, seen);
    }

    /// Reads until the line breaks after some bytes, or until everything is told.
    private String readSome(String from, int bytes, List<String> wanted, List<String> seen) {
        var cursor = from;
        try (var events = client.read(EVENTS, "Last-Event-ID", from).cutAfter(bytes)) {
            while (seen.size() < wanted.size()) {
                var event = events.next();
                if (event.isEmpty()) {
                    return cursor;
                }
                assertEquals("announcement", event.get().json().get("kind").asText(), event.get().data());
                seen.add(event.get().json().get("text").asText());
                cursor = event.get().id();
            }
        }
        return cursor;
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.1764000000000000", "1.1", "999999.1764000000000", "no cursor", "9223372036854775808.1", "-1.1", "1.1.1"})
    void aCursorThatIsNotOfThisFeedIsToldToReadEverythingAfresh(String cursor) {
        client.post("/api/announcements", Client.object().put("text", "A"));
        try (var events = client.read(EVENTS, "Last-Event-ID", cursor)) {
            var here = resync(events).id();
            try (var again = client.read(EVENTS, "Last-Event-ID", here)) {
                client.post("/api/announcements", Client.object().put("text", "B"));
                assertEquals("B", again.next().orElseThrow().json().get("text").asText());
            }
        }
    }

    @Test
    void aQuietLineCarriesHeartbeats() {
        try (var events = client.read(EVENTS)) {
            resync(events);
            events.awaitComment();
            events.awaitComment();
        }
    }

    @Test
    void anAcceptThatExcludesEventsIsRefusedAndAnyOtherIsNot() {
        assertEquals(406, client.get(EVENTS, "Accept", "application/json").statusCode());
        try (var events = client.read(EVENTS, "Accept", "*/*")) {
            resync(events);
        }
    }

    @Test
    void theServerStopsAtOnceThoughLinesAreOpen() {
        try (var one = client.read(EVENTS); var two = client.read(EVENTS)) {
            resync(one);
            resync(two);
            long began = System.nanoTime();
            server.restart();
            assertTrue(one.next().isEmpty());
            assertTrue(two.next().isEmpty());
            assertTrue(Duration.ofNanos(System.nanoTime() - began).toSeconds() < 5);
        }
    }

    @Test
    void aReaderThatGoesGivesItsPlaceBack() {
        server.close();
        server = Server.start(data, "HEARTBEAT", "1", "MAX_STREAMS", "1");
        client = server.client();
        var events = client.read(EVENTS);
        resync(events);
        var refused = client.send("GET", EVENTS, null, BodyHandlers.ofString());
        assertEquals(429, refused.statusCode());
        assertEquals("urn:runnel:too-many-streams", Client.json(refused).get("type").asText());
        assertTrue(refused.headers().firstValue("retry-after").isPresent());
        events.close();
        while (true) { // until a heartbeat has found out
            try (var next = client.read(EVENTS)) {
                if (next.status() == 200) {
                    return;
                }
            }
        }
    }
}
