package runnel.cli;

import static runnel.cli.Finding.Area.PROXY;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.Proxy;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLException;
import runnel.cli.KnownProxy.Need;

/// Does a running Runnel come through unharmed at the address that people use? It is asked for known patterns, so no account
/// and no model is needed.
final class ProxyCheck {
    private static final int BEATS = 8;
    private static final int GAP_MILLIS = 250;
    private static final int LATE_SECONDS = 3;
    private static final int PATIENCE_MILLIS = 5_000;

    private final HttpClient client = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5))
            .version(HttpClient.Version.HTTP_1_1).build();
    private final URI site;
    private final String address;
    private Optional<KnownProxy> proxy = Optional.empty();
    private String server = "";

    private ProxyCheck(DoctorInput doctorInput, URI site) {
        this.site = site;
        this.address = doctorInput.address();
    }

    static List<Finding> of(DoctorInput doctorInput, URI site) {
        return new ProxyCheck(doctorInput, site).findings();
    }

    private List<Finding> findings() {
        var findings = new ArrayList<Finding>();
        try {
            var answer = get("/health", BodyHandlers.ofString());
            proxy = KnownProxy.of(headers());
            server = answer.headers().firstValue("Server").or(() -> proxy.map(KnownProxy::title)).orElse("");
            var reached = reached(answer);
            findings.add(reached);
            if (reached.level() == Finding.Level.GOOD) {
                findings.addAll(List.of(host(), unbuffered(), socket(), patient()));
            }
        } catch (IOException failed) {
            findings.add(unreachable(failed));
        }
        return findings;
    }

    private Finding reached(HttpResponse<String> answer) {
        if (answer.statusCode() == 200 && answer.body().contains("\"status\":\"ok\"")) {
            return Finding.good(PROXY, site + " reaches Runnel" + (server.isEmpty() ? ", with nothing in between that tells its name."
                    : " through " + server + "."));
        }
        if (answer.statusCode() == 421) {
            return Finding.bad(PROXY, "Runnel does not answer to the name " + site.getHost() + ".", "Set PUBLIC_URL=" + site
                    + " and start it again.");
        }
        if (answer.statusCode() >= 502 && answer.statusCode() <= 504) {
            return Finding.bad(PROXY, "The proxy is there and does not reach Runnel: it answers " + answer.statusCode() + ".",
                    "Start Runnel, and let the proxy pass to http://" + address);
        }
        return Finding.bad(PROXY, site + " answers " + answer.statusCode() + ", but not as Runnel does.",
                "Check the address, and where the proxy passes it to.");
    }

    private Finding unreachable(IOException failure) {
        return failure instanceof SSLException
                ? Finding.bad(PROXY, site + " has a certificate that this machine does not trust.",
                        "Get one that browsers trust: Caddy does that by itself, nginx with certbot.")
                : Finding.bad(PROXY, site + " cannot be reached.", "Start Runnel and the proxy, and check the address.");
    }

    /// A page's own requests name its origin, which must be the name that Runnel sees.
    private Finding host() throws IOException {
        var answer = get("/health", BodyHandlers.discarding(), "Origin", site.getScheme() + "://" + site.getAuthority());
        return answer.statusCode() != 403 ? Finding.good(PROXY, "The name in the address arrives.")
                : Finding.bad(PROXY, "The proxy replaces the name in the address, so what the page sends is refused as cross-site.",
                        remedy(Need.NAME));
    }

    private Finding unbuffered() throws IOException {
        var answer = get("/api/inspect/beat?count=" + BEATS + "&gap=" + GAP_MILLIS, BodyHandlers.ofInputStream(), "Accept",
                "text/event-stream");
        if (answer.statusCode() != 200) {
            return Finding.bad(PROXY, "The stream of events is answered with " + answer.statusCode() + ".",
                    "Try again in a moment; if it stays so, see the log of the proxy.");
        }
        return arrived(arrivals(answer.body()), answer.headers().firstValue("Content-Encoding").isPresent());
    }

    private static List<Long> arrivals(InputStream body) throws IOException {
        try (var lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.US_ASCII))) {
            return lines.lines().filter(line -> line.startsWith("data:")).map(_ -> System.nanoTime() / 1_000_000).toList();
        } catch (UncheckedIOException broken) {
            throw broken.getCause();
        }
    }

    private Finding arrived(List<Long> millis, boolean compressed) {
        if (millis.size() < BEATS) {
            return Finding.bad(PROXY, "Of %d events only %d arrived.".formatted(BEATS, millis.size()), remedy(Need.UNBUFFERED));
        }
        long spread = millis.getLast() - millis.getFirst();
        long sent = (BEATS - 1) * GAP_MILLIS;
        if (spread < sent / 2) {
            return Finding.bad(PROXY, "Events are held back: %d that left within %,d ms arrived within %,d ms.".formatted(BEATS,
                    sent, spread)
                    + (compressed ? " They are compressed on the way." : ""), remedy(Need.UNBUFFERED));
        }
        return Finding.good(PROXY, "Events arrive as they leave: %d within %,d ms, sent within %,d.".formatted(BEATS, spread, sent));
    }

    private Finding socket() {
        var beats = new WebSocketProbe(client);
        int came = beats.count(URI.create(site.toString().replaceFirst("^http", "ws") + "/api/inspect/socket?count=4&gap=100"));
        return came == 4 ? Finding.good(PROXY, "WebSockets come through.")
                : Finding.note(PROXY, came > 0 ? "A WebSocket broke after " + came + " of 4 messages."
                        : "WebSockets do not come through" + beats.why() + ".",
                        remedy(Need.SOCKETS));
    }

    private Finding patient() throws IOException {
        try {
            var answer = get("/api/inspect/wait?seconds=" + LATE_SECONDS, BodyHandlers.discarding());
            return answer.statusCode() == 200 ? Finding.good(PROXY, "An answer may take its time, as long polling wants it.")
                    : Finding.bad(PROXY, "An answer that takes %d s becomes a %d.".formatted(LATE_SECONDS, answer.statusCode()),
                            remedy(Need.PATIENT));
        } catch (HttpTimeoutException never) {
            return Finding.bad(PROXY, "An answer that takes %d s never comes.".formatted(LATE_SECONDS), remedy(Need.PATIENT));
        }
    }

    /// With their names as they came: [HttpClient] writes all of them small.
    private Map<String, List<String>> headers() throws IOException {
        var connection = URI.create(site + "/health").toURL().openConnection(Proxy.NO_PROXY);
        connection.setConnectTimeout(PATIENCE_MILLIS);
        connection.setReadTimeout(PATIENCE_MILLIS);
        var headers = new HashMap<>(connection.getHeaderFields());
        headers.remove(null); // the status line
        return headers;
    }

    private String[] remedy(Need need) {
        return KnownProxy.remedy(proxy, need, address);
    }

    private <T> HttpResponse<T> get(String path, HttpResponse.BodyHandler<T> handler, String... headers) throws IOException {
        var request = HttpRequest.newBuilder(URI.create(site + path)).timeout(Duration.ofSeconds(15));
        try {
            return client.send((headers.length > 0 ? request.headers(headers) : request).build(), handler);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException(stopped);
        }
    }
}
