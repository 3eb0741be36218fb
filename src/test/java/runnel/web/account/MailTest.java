package runnel.web.account;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import runnel.Client;
import runnel.Person;
import runnel.Server;
import runnel.web.WebTest;

/// Against a real SMTP server.
class MailTest {
    private static final Pattern LINK = Pattern.compile("http://\\S+/(reset|verify)#(\\S+)");

    private final GreenMail post = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    private Server server;

    @BeforeEach
    void start(@TempDir Path data) {
        post.setUser("runnel@example.org", "letter box");
        post.start();
        server = Server.start(data, "AUTH", "accounts", "REQUIRE_VERIFIED_EMAIL", "true", "MAIL_FROM", "runnel@example.org",
                "SMTP_URL", "smtp://runnel%40example.org:letter%20box@127.0.0.1:" + post.getSmtp().getPort());
    }

    @AfterEach
    void stop() {
        server.close();
        post.stop();
    }

    private String ticket(int mails) {
        assertTrue(post.waitForIncomingEmail(10_000, mails));
        Matcher link = LINK.matcher(GreenMailUtil.getBody(post.getReceivedMessages()[mails - 1]));
        assertTrue(link.find());
        return link.group(2);
    }

    @Test
    void an_account_is_of_no_use_until_its_address_is_verified() {
        var ada = Person.registered(server, "ada@example.org");
        assertEquals(200, ada.get("/api/me").statusCode());
        assertEquals(403, ada.get("/api/chats").statusCode());
        var body = Client.object().put("token", ticket(1));
        assertEquals(204, ada.send("POST", "/api/email/verify", body).statusCode());
        assertEquals(200, ada.get("/api/chats").statusCode());
        assertEquals(422, ada.send("POST", "/api/email/verify", body).statusCode());
    }

    @Test
    void a_forgotten_password_is_replaced_by_a_link_that_works_once_and_ends_all_sessions() {
        var ada = Person.registered(server, "ada@example.org");
        ticket(1);
        var forgetful = Person.at(server, "ada@example.org");
        assertEquals(202, forgetful.send("POST", "/api/password/forgot", Client.object().put("email", "ADA@example.org")).statusCode());
        var body = Client.object().put("token", ticket(2)).put("password", "another long one");
        assertEquals(204, forgetful.send("POST", "/api/password/reset", body).statusCode());
        assertEquals(422, forgetful.send("POST", "/api/password/reset", body).statusCode());
        assertEquals(401, ada.get("/api/me").statusCode());
        assertEquals(200, forgetful.login("another long one").statusCode());
    }

    @Test
    void a_link_is_not_used_up_by_a_password_that_is_refused_as_is_ones_own_address() {
        var ada = Person.registered(server, "ada@example.org");
        ticket(1);
        ada.send("POST", "/api/password/forgot", Client.object().put("email", "ada@example.org"));
        var body = Client.object().put("token", ticket(2));
        for (var bad : List.of("ADA@example.org", "short", "password123")) {
            var refused = WebTest.problem(422, ada.send("POST", "/api/password/reset", body.put("password", bad)));
            assertEquals("password", refused.get("errors").get(0).get("field").asText());
        }
        assertEquals(204, ada.send("POST", "/api/password/reset", body.put("password", "another long one")).statusCode());
    }

    @Test
    void nobody_makes_the_server_write_to_many_addresses_by_changing_their_own() {
        var ada = Person.registered(server, "ada@example.org");
        var statuses = IntStream.range(0, 6).mapToObj(i -> ada.send("PATCH", "/api/me",
                Client.object().put("email", "victim" + i + "@example.org").put("password", Person.PASSWORD)).statusCode()).toList();
        assertEquals(List.of(200, 200, 200, 429, 429, 429), statuses);
        assertEquals("victim2@example.org", ada.me().get("email").asText());
    }

    @Test
    void asking_for_a_link_tells_nobody_whether_there_is_an_account() {
        Person.registered(server, "ada@example.org");
        var known = Person.at(server, "").send("POST", "/api/password/forgot", Client.object().put("email", "ada@example.org"));
        var unknown = Person.at(server, "").send("POST", "/api/password/forgot", Client.object().put("email", "nobody@example.org"));
        assertEquals(known.statusCode(), unknown.statusCode());
        assertEquals(known.body(), unknown.body());
        assertTrue(post.waitForIncomingEmail(10_000, 2));
    }

    @Test
    void a_mailbox_is_not_filled_by_asking_for_links() {
        for (var email : List.of("ada@example.org", "nobody@example.org")) {
            var statuses = IntStream.range(0, 4).mapToObj(_ -> Person.at(server, "").send("POST", "/api/password/forgot",
                    Client.object().put("email", email)).statusCode()).toList();
            assertEquals(List.of(202, 202, 202, 429), statuses);
        }
    }

    @Test
    void another_address_takes_the_password_since_links_are_sent_there() {
        var ada = Person.registered(server, "ada@example.org");
        ada.send("POST", "/api/email/verify", Client.object().put("token", ticket(1)));
        var change = Client.object().put("email", "eve@example.org");
        assertEquals(422, ada.send("PATCH", "/api/me", change).statusCode());
        assertEquals(200, ada.send("PATCH", "/api/me", change.put("password", Person.PASSWORD)).statusCode());
        assertFalse(ada.me().get("verified").asBoolean());
        assertEquals(204, ada.send("POST", "/api/email/verify", Client.object().put("token", ticket(2))).statusCode());
    }
}
