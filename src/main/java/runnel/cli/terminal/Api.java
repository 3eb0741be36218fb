package runnel.cli.terminal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import okhttp3.ConnectionPool;
import okhttp3.ConnectionSpec;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import runnel.chat.Secret;

/// The server's API by OkHttp.
final class Api {
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,100}");
    private static final MediaType JSON = MediaType.get("application/json");
    private static final MediaType BYTES = MediaType.get("application/octet-stream");
    /// Longer than a server is silent as it is set up usually; where it is not, the reader comes back with its cursor.
    private static final Duration SILENCE = Duration.ofSeconds(60);

    /// Made when it is wanted: the server that is started meanwhile takes longer.
    private static final class Mapper {
        private static final ObjectMapper MAPPER = new ObjectMapper();
    }

    private final Servers servers;
    private final Optional<Secret> token;
    private Optional<OkHttpClient> client = Optional.empty();

    Api(Servers servers, Optional<Secret> token) {
        this.servers = servers;
        this.token = token;
    }

    /// @param secure whether there may be TLS; else the JVM's authorities need not be read, which takes a tenth of a second
    private static OkHttpClient client(boolean secure) {
        var client = new OkHttpClient.Builder().connectTimeout(Duration.ofSeconds(10)).readTimeout(SILENCE).followRedirects(false)
                .connectionPool(new ConnectionPool(2, 1, TimeUnit.MINUTES));
        return (secure ? client : client.connectionSpecs(List.of(ConnectionSpec.CLEARTEXT))).build();
    }

    /// @param body what was answered, or a missing node where that was no JSON
    record Answer(int status, JsonNode body) {
        boolean isGood() {
            return status / 100 == 2;
        }
    }

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    static JsonNode parse(String text) {
        try {
            var node = Mapper.MAPPER.readTree(text);
            return node == null ? MissingNode.getInstance() : node;
        } catch (IOException notJson) {
            return MissingNode.getInstance();
        }
    }

    /// What may stand in a path as an id.
    ///
    /// @throws Failure where it is none
    static String id(String text) {
        if (!ID.matcher(text).matches()) {
            throw Failure.wrong("This is not an id: " + Printable.line(text) + ".");
        }
        return text;
    }

    /// A string as JSON writes it.
    static String quoted(String text) {
        return TextNode.valueOf(text).toString();
    }

    Answer get(String path) throws IOException {
        return answered(request(path).build());
    }

    Answer post(String path, JsonNode body) throws IOException {
        return answered(request(path).post(RequestBody.create(body.toString(), JSON)).build());
    }

    /// Sends a file.
    Answer upload(Path file) throws IOException {
        var address = HttpUrl.get(servers.address()).newBuilder().addPathSegments("api/uploads")
                .addQueryParameter("name", file.getFileName().toString()).build();
        return answered(request("/").url(address).post(RequestBody.create(file.toFile(), BYTES)).build());
    }

    private Answer answered(Request request) throws IOException {
        try (var response = call(request)) {
            return new Answer(response.code(), parse(response.body().string()));
        }
    }

    /// Opens the events of a reply.
    ///
    /// @param cursor behind which they begin
    Response events(String reply, Optional<String> cursor) throws IOException {
        var request = request("/api/sse/" + reply).header("Accept", "text/event-stream");
        cursor.ifPresent(place -> request.header("Last-Event-ID", place));
        return call(request.build());
    }

    private Response call(Request request) throws IOException {
        try {
            return client.orElseThrow().newCall(request).execute();
        } catch (SSLException cut) {
            if (cut instanceof SSLPeerUnverifiedException || cut.getCause() instanceof CertificateException) {
                throw Failure.untrusted(request.url().host());
            }
            throw cut;
        }
    }

    /// Makes what a first request and its answer need. One that is not named is on this machine, and has no TLS.
    synchronized void prepare() {
        client = client.or(() -> Optional.of(client(servers.named().startsWith("https:"))));
        parse("{}");
    }

    private synchronized Request.Builder request(String path) {
        var address = servers.address().toString().replaceFirst("/+$", "");
        client = client.or(() -> Optional.of(client(address.startsWith("https:"))));
        var request = new Request.Builder().url(address + path).header("Accept", "application/json");
        token.ifPresent(secret -> request.header("Authorization", "Bearer " + secret.reveal()));
        return request;
    }
}
