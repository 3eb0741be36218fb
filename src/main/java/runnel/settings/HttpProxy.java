package runnel.settings;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import runnel.chat.Secret;

/// A proxy that is spoken to by HTTP.
///
/// @param login `user:password`, where it wants one
public record HttpProxy(String host, int port, Optional<Secret> login) {
    private static final int USUAL_PORT = 80;

    /// Reads `http://user:password@host:port`; all but the host may be left out.
    public static Optional<HttpProxy> of(String value) {
        try {
            var url = new URI(value.contains("://") ? value : "http://" + value);
            boolean good = "http".equalsIgnoreCase(url.getScheme()) && url.getHost() != null && url.getPort() <= 65_535
                    && url.getRawPath().replace("/", "").isEmpty() && url.getRawQuery() == null && url.getRawFragment() == null;
            return good ? Optional.of(of(url)) : Optional.empty();
        } catch (URISyntaxException | IllegalArgumentException wrong) {
            return Optional.empty();
        }
    }

    private static HttpProxy of(URI url) {
        var login = Optional.ofNullable(url.getRawUserInfo())
                .map(raw -> new Secret(URLDecoder.decode(raw.replace("+", "%2B"), StandardCharsets.UTF_8)));
        return new HttpProxy(url.getHost(), url.getPort() < 0 ? USUAL_PORT : url.getPort(), login);
    }

    /// As it may be shown.
    @Override
    public String toString() {
        return host + ":" + port;
    }
}
