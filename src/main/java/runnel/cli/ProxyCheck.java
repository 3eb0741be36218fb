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
import java.net.http.HttpRequest.BodyPublishers;
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
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import runnel.cli.KnownProxy.Need;

/// Does a running Runnel come through unharmed at the address that people use? It is asked for known patterns, so no account
/// and no model is needed.
final class ProxyCheck {
    private static final int BEATS = 8;
    private static final int GAP_MILLIS = 250;
    private static final int LATE_SECONDS = 3;
    private static final int LARGE_BYTES = 2 << 20;
    private static final Pattern BASE = Pattern.compile("<html data-base=\"([^\"]*)\"");
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
                findings.addAll(List.of(host(), unbuffered(), socket(), patient(), large()));
            }
        } catch (IOException failed) {
            findings.add(unreachable(failed));
        }
        return findings;
    }

    private Finding reached(HttpResponse<String> answer) throws IOException {
        if (answer.statusCode() == 200 && answer.body().contains("\"status\":\"ok\"")) {
            var by = server.isEmpty() ? ", with nothing in between that tells its name." : " through " + server + ".";
            return elsewhere().map(base -> Finding.bad(PROXY, "Runnel is reached, but thinks that it lives below " + base + ".",
                    "Set PUBLIC_URL=" + site + " and start it again.")).orElseGet(() -> Finding.good(PROXY, site + " reaches Runnel" + by));
        }
        if (answer.statusCode() == 421) {
            return Finding.bad(PROXY, "Runnel does not answer to the name " + site.getHost() + ".", "Set PUBLIC_URL=" + site
                    + " and start it again.");
        }
        if (answer.body().contains("urn:runnel:")) {
            return Finding.bad(PROXY, "Runnel is reached, but not at the path: it answers " + answer.statusCode() + ".", Stream.concat(
                    Stream.of("Set PUBLIC_URL=" + site + " and start it again. If it is set already:"), Stream.of(remedy(Need.PATH)))
                    .toArray(String[]::new));
        }
        if (answer.statusCode() >= 502 && answer.statusCode() <= 504) {
            return Finding.bad(PROXY, "The proxy is there and does not reach Runnel: it answers " + answer.statusCode() + ".",
                    "Start Runnel, and let the proxy pass to http://" + address);
        }
        return Finding.bad(PROXY, site + " answers " + answer.statusCode() + ", but not as Runnel does.",
                "Check the address, and where the proxy passes it to.");
    }

    /// The path that the page has, where it is another than that of the address.
    private Optional<String> elsewhere() throws IOException {
        var told = BASE.matcher(get("/", BodyHandlers.ofString()).body());
        var base = told.find() ? told.group(1) : "";
        return base.equals(site.getRawPath()) ? Optional.empty() : Optional.of(base.isEmpty() ? "/" : base);
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

    /// Asks with `Expect: 100-continue`, so that a body that is refused is not sent. Runnel itself takes none there and answers before
    /// it has all of it, of which some proxies make a line that is cut.
    private Finding large() {
        var request = request("/health").expectContinue(true).POST(BodyPublishers.ofByteArray(new byte[LARGE_BYTES])).build();
        try {
            if (send(request, BodyHandlers.ofString()).statusCode() == 413) {
                return Finding.bad(PROXY, "A request of 2 MB is refused on the way, and so are uploads and imports.", remedy(Need.SIZE));
            }
        } catch (IOException cut) {
            // not refused
        }
        return Finding.good(PROXY, "Large requests are not refused on the way.");
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
        return KnownProxy.remedy(proxy, need, address, site.getRawPath());
    }

    private <T> HttpResponse<T> get(String path, HttpResponse.BodyHandler<T> handler, String... headers) throws IOException {
        return send((headers.length > 0 ? request(path).headers(headers) : request(path)).build(), handler);
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(site + path)).timeout(Duration.ofSeconds(15));
    }

    private <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> handler) throws IOException {
        try {
            return client.send(request, handler);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException(stopped);
        }
    }
}
