package runnel.web.account;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import runnel.Client;
import runnel.Person;
import runnel.RawHttp;
import runnel.Server;
import runnel.web.WebTest;

class AccountsTest {
    private Server server;

    @BeforeEach
    void start(@TempDir Path data) {
        server = Server.start(data, "AUTH", "accounts");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void registering_logs_in_and_the_first_account_is_the_administrators() {
        var ada = Person.registered(server, "ada@example.org");
        var bob = Person.registered(server, "bob@example.org");
        assertEquals("admin", ada.me().get("role").asText());
        assertEquals("user", bob.me().get("role").asText());
        assertEquals("bob@example.org", bob.me().get("email").asText());
    }

    @Test
    void of_fifty_who_come_first_at_once_exactly_one_is_the_administrator() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var all = IntStream.range(0, 50).mapToObj(i -> (Callable<Integer>) () -> Person.at(server, "p" + i + "@example.org")
                    .register().body().contains("\"admin\"") ? 1 : 0).toList();
            int administrators = 0;
            for (var one : threads.invokeAll(all)) {
                administrators += one.get();
            }
            assertEquals(1, administrators);
        }
    }

    @Test
    void a_name_and_an_address_that_are_changed_at_the_same_moment_are_both_changed() throws Exception {
        var ada = Person.registered(server, "ada@example.org");
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 3; i++) {
                var name = Client.object().put("name", "Ada " + i);
                var email = Client.object().put("email", "ada" + i + "@example.org").put("password", Person.PASSWORD);
                for (var change : threads.invokeAll(Stream.of(name, email)
                        .map(body -> (Callable<Integer>) () -> ada.send("PATCH", "/api/me", body).statusCode()).toList())) {
                    assertEquals(200, change.get());
                }
                assertEquals(List.of("Ada " + i, "ada" + i + "@example.org"), List.of(ada.me().get("name").asText(), ada.me().get("email").asText()));
            }
        }
    }

    @Test
    void whoever_has_an_account_tries_few_addresses_for_those_of_others_and_none_without_the_password() {
        var eve = Person.registered(server, "eve@example.org");
        Person.registered(server, "ada@example.org");
        var change = Client.object().put("email", "ada@example.org");
        assertEquals(422, eve.send("PATCH", "/api/me", change).statusCode());
        change.put("password", Person.PASSWORD);
        assertEquals(List.of(409, 409, 409, 429), Stream.generate(() -> eve.send("PATCH", "/api/me", change).statusCode()).limit(4).toList());
        assertEquals(200, eve.send("PATCH", "/api/me", Client.object().put("name", "Eve")).statusCode());
    }

    @Test
    void an_address_has_one_account_in_whatever_case_it_is_written() {
        Person.registered(server, "ada@example.org");
        assertEquals(409, Person.at(server, "ADA@example.org").register().statusCode());
        assertEquals(200, Person.at(server, "Ada@Example.org").login(Person.PASSWORD).statusCode());
    }

    @Test
    void a_wrong_password_and_an_unknown_address_are_one_answer() {
        Person.registered(server, "ada@example.org");
        var wrong = Person.at(server, "ada@example.org").login("wrong wrong wrong");
        var unknown = Person.at(server, "nobody@example.org").login("wrong wrong wrong");
        assertEquals(401, wrong.statusCode());
        assertEquals(wrong.body(), unknown.body());
    }

    @Test
    void logging_out_ends_the_session() {
        var ada = Person.registered(server, "ada@example.org");
        var cookie = ada.cookie();
        assertEquals(204, ada.send("POST", "/api/logout", null).statusCode());
        assertEquals(401, Person.at(server, "").holding(cookie).get("/api/me").statusCode());
    }

    @Test
    void logging_in_begins_a_new_session_and_ends_the_one_before() {
        var ada = Person.registered(server, "ada@example.org");
        var before = ada.cookie();
        ada.login(Person.PASSWORD);
        assertNotEquals(before, ada.cookie());
        assertEquals(200, ada.get("/api/me").statusCode());
        assertEquals(401, Person.at(server, "").holding(before).get("/api/me").statusCode());
    }

    @Test
    void a_new_password_ends_all_sessions_but_the_one_that_chose_it_which_gets_a_new_cookie() {
        var ada = Person.registered(server, "ada@example.org");
        var elsewhere = Person.at(server, "ada@example.org");
        elsewhere.login(Person.PASSWORD);
        var before = ada.cookie();
        var body = Client.object().put("current", Person.PASSWORD).put("password", "another long one");
        assertEquals(204, ada.send("PUT", "/api/me/password", body).statusCode());
        assertEquals(200, ada.get("/api/me").statusCode());
        assertEquals(401, elsewhere.get("/api/me").statusCode());
        assertEquals(401, Person.at(server, "").holding(before).get("/api/me").statusCode());
        assertEquals(401, Person.at(server, "ada@example.org").login(Person.PASSWORD).statusCode());
        assertEquals(200, Person.at(server, "ada@example.org").login("another long one").statusCode());
    }

    @Test
    void a_password_is_not_changed_without_the_old_one() {
        var ada = Person.registered(server, "ada@example.org");
        var body = Client.object().put("current", "wrong wrong wrong").put("password", "another long one");
        assertEquals(403, ada.send("PUT", "/api/me/password", body).statusCode());
        assertEquals(200, Person.at(server, "ada@example.org").login(Person.PASSWORD).statusCode());
    }

    @Test
    void where_no_mail_is_sent_a_forgotten_password_is_the_operators_to_answer() {
        Person.registered(server, "ada@example.org");
        for (var email : List.of("ada@example.org", "nobody@example.org")) {
            var answer = Person.at(server, "").send("POST", "/api/password/forgot", Client.object().put("email", email));
            assertTrue(WebTest.problem(409, answer).get("detail").asText().contains("Ask its administrator"), answer::body);
        }
    }

    @Test
    void deleting_an_account_takes_the_password_and_deletes_its_chats() {
        Person.registered(server, "admin@example.org");
        var bob = Person.registered(server, "bob@example.org");
        var sent = Client.sent(bob.send("POST", "/api/chat", Client.object().put("prompt", "hello").put("model", "text:3").put("id", UUID.randomUUID().toString())));
        assertEquals(403, bob.send("DELETE", "/api/me", Client.object().put("password", "wrong wrong wrong")).statusCode());
        assertEquals(204, bob.send("DELETE", "/api/me", Client.object().put("password", Person.PASSWORD)).statusCode());
        assertEquals(401, bob.login(Person.PASSWORD).statusCode());
        var again = Person.registered(server, "bob@example.org");
        assertEquals(404, again.get("/api/chats/" + sent.chat()).statusCode());
        assertTrue(Client.json(again.get("/api/chats")).get("chats").isEmpty());
        for (var rows : List.of("chat", "message", "send", "token", "session where account not in (select id from account)")) {
            long left = server.database().read(sql -> sql.number("select count(*) from " + rows));
            assertEquals(0, left, rows);
        }
    }

    @Test
    void deleting_an_account_stops_what_runs_and_a_refusal_stops_nothing() {
        var ada = Person.registered(server, "admin@example.org");
        var bob = Person.registered(server, "bob@example.org");
        var password = Client.object().put("password", Person.PASSWORD);
        var adas = ada.ask("hello", "silence:1");
        bob.ask("hello", "silence:1");
        assertEquals(409, ada.send("DELETE", "/api/me", password).statusCode());
        assertEquals("streaming", status(ada, adas));
        assertEquals(204, bob.send("DELETE", "/api/me", password).statusCode());
        assertTrue(ada.get("/metrics").body().contains("runnel_replies_running 1.0"));
        assertEquals("streaming", status(ada, adas));
    }

    private static String status(Person person, Client.Sent sent) {
        return Client.json(person.get("/api/chats/" + sent.chat())).get("messages").get(1).get("status").asText();
    }

    @Test
    void the_last_administrator_does_not_leave_others_behind() {
        var ada = Person.registered(server, "ada@example.org");
        var bob = Person.registered(server, "bob@example.org");
        var password = Client.object().put("password", Person.PASSWORD);
        assertEquals(409, ada.send("DELETE", "/api/me", password).statusCode());
        assertEquals(204, bob.send("DELETE", "/api/me", password).statusCode());
        assertEquals(204, ada.send("DELETE", "/api/me", password).statusCode());
        assertEquals("admin", Person.registered(server, "eve@example.org").me().get("role").asText());
    }

    @Test
    void everybody_sees_their_own_chats_only() {
        var ada = Person.registered(server, "ada@example.org");
        var bob = Person.registered(server, "bob@example.org");
        var sent = ada.ask("a secret", "text:3");
        assertEquals(200, ada.get("/api/chats/" + sent.chat()).statusCode());
        assertEquals(404, bob.get("/api/chats/" + sent.chat()).statusCode());
        assertEquals(404, bob.get(sent.sse()).statusCode());
        assertTrue(Client.json(bob.get("/api/chats")).get("chats").isEmpty());
        assertTrue(Client.json(bob.get("/api/chats?q=secret")).get("chats").isEmpty());
    }

    @Test
    void sessions_are_listed_and_each_can_be_ended() {
        var ada = Person.registered(server, "ada@example.org");
        var elsewhere = Person.at(server, "ada@example.org");
        elsewhere.login(Person.PASSWORD);
        var sessions = Client.json(ada.get("/api/me/sessions")).get("sessions");
        assertEquals(2, sessions.size());
        assertFalse(sessions.get(0).get("current").asBoolean());
        assertEquals(204, ada.send("DELETE", "/api/me/sessions/" + sessions.get(0).get("id").asText(), null).statusCode());
        assertEquals(401, elsewhere.get("/api/me").statusCode());
        assertEquals(200, ada.get("/api/me").statusCode());
    }

    @Test
    void a_cookie_that_cannot_be_read_is_the_senders_mistake() {
        var upgrade = "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==";
        for (var request : List.of("GET /api/me HTTP/1.1\r\nConnection: close", "GET /api/ws/x HTTP/1.1\r\nConnection: Upgrade, close\r\n" + upgrade)) {
            var answer = RawHttp.sendBytes(server.port(), request + "\r\nHost: localhost\r\nCookie: r=A\trunnel=x\r\n\r\n");
            assertEquals(400, RawHttp.status(answer), answer);
        }
    }

    @Test
    void a_cookie_that_comes_without_saying_where_from_is_believed_for_reading_only() {
        var ada = Person.registered(server, "ada@example.org");
        assertEquals(200, ada.client().get("/api/me", "Cookie", ada.cookie()).statusCode());
        assertEquals(403, ada.client().post("/api/chat", Client.object().put("prompt", "x"), "Cookie", ada.cookie()).statusCode());
    }
}
