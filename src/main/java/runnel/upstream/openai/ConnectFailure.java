package runnel.upstream.openai;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateExpiredException;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import runnel.chat.Problem;

/// Why no answer began, told from what OkHttp throws.
final class ConnectFailure {
    /// How nginx, Go's and Apache's servers refuse plain HTTP on a port of theirs that speaks TLS.
    private static final Pattern WANTS_TLS = Pattern.compile("plain HTTP request was sent to HTTPS port"
            + "|HTTP request to an HTTPS server|speaking plain HTTP to an SSL-enabled");

    private ConnectFailure() {}

    static Problem of(Exception failure) {
        return switch (failure) {
            case UnknownHostException _ -> UpstreamProblems.UNRESOLVED;
            case ConnectException _, NoRouteToHostException _, SocketTimeoutException _ -> UpstreamProblems.UNREACHABLE;
            case SSLPeerUnverifiedException _ -> UpstreamProblems.OTHER_NAME;
            case SSLException _ -> insecure(failure);
            default -> causes(failure).map(cause -> Objects.requireNonNullElse(cause.getMessage(), ""))
                    .flatMap(ConnectFailure::byMessage).findFirst().orElse(UpstreamProblems.HUNG_UP);
        };
    }

    static boolean wantsTls(String text) {
        return WANTS_TLS.matcher(text).find();
    }

    private static Problem insecure(Exception failure) {
        var causes = causes(failure).toList();
        if (causes.stream().anyMatch(CertificateExpiredException.class::isInstance)) {
            return UpstreamProblems.EXPIRED;
        }
        boolean untrusted = causes.stream().anyMatch(cause ->
                cause instanceof CertPathBuilderException || cause instanceof CertPathValidatorException);
        return untrusted ? UpstreamProblems.UNTRUSTED : UpstreamProblems.INSECURE;
    }

    /// OkHttp has no types for these.
    private static Stream<Problem> byMessage(String message) {
        if (message.startsWith("Failed to authenticate with proxy")) {
            return Stream.of(UpstreamProblems.PROXY_LOGIN);
        }
        if (message.startsWith("Unexpected response code for CONNECT")) {
            return Stream.of(UpstreamProblems.PROXY_REFUSED);
        }
        // The first bytes of an alert of TLS (RFC 8446, section 5.1) in the place of a status line, which has no end.
        return message.startsWith("\\n not found") && message.contains("content=1503") ? Stream.of(UpstreamProblems.NEEDS_TLS)
                : Stream.empty();
    }

    private static Stream<Throwable> causes(Exception failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause);
    }
}
