package runnel.mail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import runnel.chat.Secret;

/// What a URL says of a mail server, and that nobody on the way reads its password.
class MailServerTest {
    private static MailServer of(String url) {
        return MailServer.of(new Secret(url), Optional.empty());
    }

    @ParameterizedTest
    @CsvSource({"smtp://mail.example, 587, false", "smtps://mail.example, 465, true", "SMTPS://mail.example:25, 25, true", "smtp://mail.example:2525, 2525, false"})
    void a_url_says_where_it_listens_and_whether_by_tls(String url, int port, boolean tls) {
        var server = of(url);
        assertEquals("mail.example", server.host());
        assertEquals(port, server.port());
        assertEquals(tls, server.tls());
    }

    @Test
    void its_name_may_have_an_underscore_or_be_an_ipv6_address() {
        var composed = of("smtp://ada:p%40ss@my_mail:2525");
        assertEquals("my_mail 2525 ada", composed.host() + " " + composed.port() + " " + composed.user().orElseThrow());
        assertEquals("::1", of("smtp://[::1]:25").host());
    }

    @Test
    void user_and_password_may_have_any_characters_and_are_not_printed() {
        var server = of("smtp://ada%40example.org:a%3Ab+%25c@mail.example");
        assertEquals("ada@example.org", server.user().orElseThrow());
        assertEquals(new Secret("a:b+%c"), server.password().orElseThrow());
        assertEquals("ada@example.org", server.from());
        assertFalse(server.toString().contains("a:b"), server::toString);
    }

    @ParameterizedTest
    @CsvSource({"smtp://u:p@mail.example, false, true", "smtps://u:p@mail.example, true, false", "smtp://mail.example, false, false",
        "smtp://u:p@127.0.0.1, false, false", "smtp://u:p@[::1]:25, false, false", "smtp://u:p@LOCALHOST, false, false", "smtp://u:p@localhost.example, false, true", "smtp://u:p@127.0.0.1.example, false, true"})
    void a_password_goes_by_tls_or_to_this_machine_itself(String url, boolean tls, boolean starttls) {
        var properties = of(url).properties();
        assertEquals(Boolean.toString(tls), properties.get("mail.smtp.ssl.enable"));
        assertEquals(Boolean.toString(starttls), properties.get("mail.smtp.starttls.required"));
        assertEquals("true", properties.get("mail.smtp.ssl.checkserveridentity"));
    }
}
