package runnel.web.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import runnel.Client;
import runnel.Person;
import runnel.Server;

@Timeout(60)
class NotificationsOfAccountsTest {
    private static final String EVENTS = "/api/events";

    @TempDir
    Path data;
    private Server server;
    private Person ada;
    private Person bob;

    @BeforeEach
    void start() {
        server = Server.start(data, "AUTH", "accounts", "MAX_STREAMS_PER_USER", "2");
        ada = Person.registered(server, "ada@example.org");
        bob = Person.registered(server, "bob@example.org");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void who_is_not_logged_in_hears_nothing() {
        assertEquals(401, server.client().get(EVENTS).statusCode());
    }

    @Test
    void each_hears_of_their_own_chats_and_all_hear_the_administrator() {
        try (var adas = ada.read(EVENTS); var bobs = bob.read(EVENTS)) {
            adas.next();
            bobs.next();
            var sent = ada.ask("Of Ada", "text:3");
            assertEquals(sent.chat(), adas.next().orElseThrow().json().get("chat").asText());
            ada.send("POST", "/api/announcements", Client.object().put("text", "To all"));
            assertEquals("To all", bobs.next().orElseThrow().json().get("text").asText());
        }
    }

    @Test
    void only_an_administrator_announces() {
        assertEquals(404, bob.send("POST", "/api/announcements", Client.object().put("text", "Me too")).statusCode());
        assertEquals(201, ada.send("POST", "/api/announcements", Client.object().put("text", "Me")).statusCode());
    }

    @Test
    void a_cursor_of_somebody_else_says_nothing() {
        ada.ask("Of Ada", "text:3");
        String cursor;
        try (var events = ada.read(EVENTS)) {
            cursor = events.next().orElseThrow().id();
        }
        try (var events = bob.read(EVENTS + "?after=" + cursor)) {
            assertEquals("resync", events.next().orElseThrow().json().get("kind").asText());
        }
    }

    @Test
    void who_logs_out_hears_no_more() {
        try (var events = ada.read(EVENTS)) {
            events.next();
            ada.send("POST", "/api/logout", null);
            assertTrue(events.next().isEmpty());
        }
    }

    @Test
    void above_what_a_user_may_have_open_the_silent_one_ends_and_nobody_elses() {
        try (var first = ada.read(EVENTS); var bobs = bob.read(EVENTS)) {
            first.next();
            bobs.next();
            try (var second = ada.read(EVENTS); var third = ada.read(EVENTS)) {
                assertEquals(200, third.status());
                assertEquals("resync", third.next().orElseThrow().json().get("kind").asText());
                assertTrue(first.next().isEmpty(), "it was told something longest ago");
                assertFalse(first.broken(), "it ends in good order, and its reader comes back");
                second.next();
                ada.send("POST", "/api/announcements", Client.object().put("text", "To all"));
                for (var reader : List.of(second, third, bobs)) {
                    assertEquals("To all", reader.next().orElseThrow().json().get("text").asText());
                }
            }
        }
    }
}
