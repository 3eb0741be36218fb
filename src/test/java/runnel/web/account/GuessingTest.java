package runnel.web.account;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import runnel.Client;
import runnel.Person;
import runnel.faults.Eventually;
import runnel.web.WebTest;

/// Guessing and flooding are slowed down, honest people are not.
class GuessingTest extends WebTest {
    @Override
    protected String[] settings() {
        return new String[] {"AUTH", "accounts", "TRUSTED_PROXIES", "127.0.0.1"};
    }

    private int guess(String email, String from) {
        return client.post("/api/login", Client.object().put("email", email).put("password", "wrong wrong wrong"), "X-Forwarded-For", from).statusCode();
    }

    @Test
    void an_account_is_guessed_at_ten_times_from_wherever_and_then_slowly() {
        for (int i = 0; i < 10; i++) {
            assertEquals(401, guess("ada@example.org", "203.0.113." + i));
        }
        var refused = client.post("/api/login", Client.object().put("email", "ada@example.org").put("password", "wrong wrong wrong"), "X-Forwarded-For", "203.0.113.99");
        problem(429, refused);
        assertTrue(Integer.parseInt(refused.headers().firstValue("Retry-After").orElse("0")) > 0);
        assertEquals(401, guess("bob@example.org", "203.0.113.99"));
    }

    @Test
    void who_has_a_session_but_not_the_password_guesses_it_as_slowly() {
        Person.registered(server, "admin@example.org");
        var bob = Person.registered(server, "bob@example.org");
        var guess = Client.object().put("current", "wrong wrong wrong").put("password", "wrong wrong wrong");
        for (int i = 0; i < 5; i++) {
            assertEquals(403, bob.send("PUT", "/api/me/password", guess).statusCode());
            assertEquals(403, bob.send("DELETE", "/api/me", guess).statusCode());
        }
        var refused = bob.send("DELETE", "/api/me", Client.object().put("password", Person.PASSWORD));
        problem(429, refused);
        assertTrue(Integer.parseInt(refused.headers().firstValue("Retry-After").orElse("0")) > 0);
    }

    @Test
    void an_address_of_a_proxy_nobody_trusts_is_not_believed_twice() {
        for (int i = 0; i < 10; i++) {
            guess("ada@example.org", "198.51.100.7, 203.0.113." + i);
        }
        assertEquals(429, guess("ada@example.org", "198.51.100.8"));
    }

    @Test
    void logging_in_rightly_is_never_slowed() {
        var ada = Person.registered(server, "ada@example.org");
        for (int i = 0; i < 12; i++) {
            assertEquals(200, ada.login(Person.PASSWORD).statusCode());
        }
    }

    /// @param parameters of the hash, which say what it takes to check a password
    private void account(String email, String parameters) {
        server.database().write(sql -> sql.update("""
                insert into account (id, name, email, address, password, role, verified, disabled, created)
                select ?1, name, ?1, ?1, ?2, role, verified, disabled, created from account limit 1""",
                email, "$argon2id$v=19$" + parameters + ",p=1$c2FsdHNhbHRzYWx0$aGFzaGhhc2hoYXNoaGFzaA"));
    }

    private static long checking() {
        return Thread.getAllStackTraces().values().stream().filter(stack -> Arrays.stream(stack).anyMatch(frame -> frame.getClassName().contains("Argon2"))).count();
    }

    /// While the guesses come, passwords are checked that take long; the guesses take next to nothing.
    @Test
    void three_hundred_guesses_at_once_from_as_many_networks_keep_nobody_out_who_logged_in_from_there_before() throws Exception {
        var ada = Person.registered(server, "ada@example.org");
        int atOnce = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
        IntStream.range(0, atOnce).forEach(i -> account("slow" + i + "@example.org", "m=19456,t=20"));
        IntStream.range(0, 300).forEach(i -> account("quick" + i + "@example.org", "m=8,t=1"));
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            IntStream.range(0, atOnce).forEach(i -> threads.submit(() -> guess("slow" + i + "@example.org", "2001:db9:" + i + "::1")));
            Eventually.holds(() -> checking() == atOnce);
            var guesses = IntStream.range(0, 300).mapToObj(i -> threads.submit(() -> guess("quick" + i + "@example.org", "2001:db8:" + i + "::1"))).toList();
            Eventually.holds(() -> guesses.stream().anyMatch(guess -> guess.isDone() && guess.resultNow() == 503)); // more than may wait
            assertEquals(200, ada.login(Person.PASSWORD).statusCode());
            for (var guess : guesses) {
                assertTrue(Set.of(401, 503).contains(guess.get()));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"2001:db8:1:%x::1", "2001:db8:2:%x00::1", "2001:db8:3:4::%x"})
    void a_network_of_ipv6_is_slowed_down_as_a_whole(String form) {
        int refused = 0;
        for (int i = 0; i < 200; i++) {
            var body = Client.object().put("name", "x").put("email", "q@example.org").put("password", "short");
            refused += client.post("/api/register", body, "X-Forwarded-For", form.formatted(i)).statusCode() == 429 ? 1 : 0;
        }
        assertTrue(refused > 0, "one customer of a provider tries as often as there are addresses");
    }

    @Test
    void twenty_colleagues_behind_one_address_register_and_a_flood_does_not() {
        int taken = 0;
        for (int i = 0; i < 20; i++) {
            taken += Person.at(server, "p" + i + "@example.org").register().statusCode() == 201 ? 1 : 0;
        }
        assertEquals(20, taken);
        int refused = 0;
        for (int i = 0; i < 30; i++) {
            var body = Client.object().put("name", "x").put("email", "q" + i + "@example.org").put("password", "short");
            refused += client.post("/api/register", body).statusCode() == 429 ? 1 : 0;
        }
        assertTrue(refused > 0, "a flood of sign-ups is taken");
    }
}
