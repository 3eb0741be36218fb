package runnel.mail;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Properties;
import runnel.chat.Secret;
import runnel.settings.Hosts;

/// The server that takes our mail: `smtp://user:password@host:587` (STARTTLS) or `smtps://…` (TLS from the start).
///
/// @param from the sender's address
public record MailServer(String host, int port, boolean tls, Optional<String> user, Optional<Secret> password, String from) {
    private static final String SECONDS = "15000";
    private static final int SUBMISSION = 587;
    private static final int SUBMISSIONS = 465;

    public static MailServer of(Secret url, Optional<String> from) {
        var uri = URI.create(url.reveal());
        boolean tls = uri.getScheme().equalsIgnoreCase("smtps");
        var parts = Optional.of(uri.getRawAuthority()).filter(all -> all.contains("@"))
                .map(all -> all.replaceFirst("@[^@]*$", "").split(":", 2));
        var user = parts.map(info -> decoded(info[0]));
        return new MailServer(Hosts.bare(Hosts.of(uri)), Hosts.port(uri, tls ? SUBMISSIONS : SUBMISSION), tls, user,
                parts.filter(info -> info.length > 1).map(info -> new Secret(decoded(info[1]))),
                from.or(() -> user.filter(name -> name.contains("@"))).orElse("runnel@" + Hosts.of(uri)));
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    /// A password is never sent over an open line, except to this machine itself.
    Properties properties() {
        var properties = new Properties();
        properties.put("mail.transport.protocol", "smtp");
        properties.put("mail.smtp.host", host);
        properties.put("mail.smtp.port", Integer.toString(port));
        properties.put("mail.smtp.auth", Boolean.toString(user.isPresent()));
        properties.put("mail.smtp.ssl.enable", Boolean.toString(tls));
        properties.put("mail.smtp.ssl.checkserveridentity", "true");
        properties.put("mail.smtp.starttls.enable", Boolean.toString(!tls));
        properties.put("mail.smtp.starttls.required", Boolean.toString(!tls && user.isPresent() && !Hosts.isLoopback(host)));
        for (var step : new String[] {"connectiontimeout", "timeout", "writetimeout"}) {
            properties.put("mail.smtp." + step, SECONDS);
        }
        return properties;
    }
}
