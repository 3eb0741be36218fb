package runnel.web.account;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import runnel.Client;
import runnel.Person;
import runnel.store.account.Accounts;
import runnel.web.WebTest;

/// How long what lets somebody in lets them in. Time is moved by moving what the database has written down.
class LifetimeTest extends WebTest {
    private Person ada;

    @Override
    protected String[] settings() {
        return new String[] {"AUTH", "accounts"};
    }

    @BeforeEach
    void register() {
        ada = Person.registered(server, "ada@example.org");
    }

    private HttpResponse<String> login(boolean remember) {
        return ada.send("POST", "/api/login", Client.object().put("email", ada.email()).put("password", Person.PASSWORD).put("remember", remember));
    }

    private void later(String column, String table, Duration time) {
        server.database().write(sql -> sql.update("update " + table + " set " + column + " = " + column + " - " + time.toMillis()));
    }

    private int seen() {
        return ada.get("/api/me").statusCode();
    }

    private static String cookie(HttpResponse<String> answer) {
        return answer.headers().firstValue("Set-Cookie").orElseThrow();
    }

    @Test
    void a_session_ends_after_a_day_without_use_or_with_the_browser() {
        assertFalse(cookie(login(false)).contains("Max-Age"));
        later("seen", "session", Duration.ofHours(23));
        assertEquals(200, seen());
        later("seen", "session", Duration.ofHours(25));
        assertEquals(401, seen());
    }

    @Test
    void a_session_ends_after_a_week_however_much_it_is_used() {
        later("ends", "session", Duration.ofDays(6));
        assertEquals(200, seen());
        later("ends", "session", Duration.ofDays(1));
        assertEquals(401, seen());
    }

    @Test
    void a_remembered_session_lasts_thirty_days_without_use_and_ninety_with_it() {
        assertTrue(cookie(login(true)).contains("; Max-Age=" + Duration.ofDays(90).toSeconds()));
        later("seen", "session", Duration.ofDays(29));
        assertEquals(200, seen());
        later("seen", "session", Duration.ofDays(31));
        assertEquals(401, seen());
        login(true);
        later("ends", "session", Duration.ofDays(90));
        assertEquals(401, seen());
    }

    @Test
    void a_token_ends_when_it_was_said_to_and_one_without_an_end_does_not() {
        var brief = Person.token(ada.send("POST", "/api/me/tokens", Client.object().put("name", "x").put("days", 1)));
        var endless = ada.token();
        later("ends", "token", Duration.ofDays(1));
        assertEquals(401, client.get("/api/me", "Authorization", "Bearer " + brief).statusCode());
        assertEquals(200, client.get("/api/me", "Authorization", "Bearer " + endless).statusCode());
    }

    @Test
    void a_hash_of_other_parameters_is_made_anew_at_the_next_login() {
        var accounts = new Accounts(server.database());
        // "password", by the reference implementation: -t 2 -k 65536 -p 1
        accounts.password(ada.me().get("id").asText(), "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc");
        assertEquals(200, ada.login("password").statusCode());
        var hash = server.database().read(sql -> sql.first("select password from account", row -> row.text("password")).orElseThrow());
        assertTrue(hash.startsWith("$argon2id$v=19$m=19456,t=2,p=1$"), hash);
        assertEquals(200, ada.login("password").statusCode());
    }

    @Test
    void nobody_says_by_a_header_where_they_come_from_and_how() {
        var answer = client.post("/api/login", Client.object().put("email", ada.email()).put("password", Person.PASSWORD),
                "X-Forwarded-For", "203.0.113.9", "X-Forwarded-Proto", "https", "X-Forwarded-Host", "evil.example");
        assertEquals(200, answer.statusCode());
        assertTrue(cookie(answer).startsWith("runnel=") && !cookie(answer).contains("Secure"), "an unknown proxy is believed");
        assertTrue(answer.headers().firstValue("Strict-Transport-Security").isEmpty());
        assertFalse(ada.get("/api/me/sessions").body().contains("203.0.113.9"));
    }
}
