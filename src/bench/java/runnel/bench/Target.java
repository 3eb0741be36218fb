package runnel.bench;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/// What is measured, by how it is asked for a stream.
///
/// @param runnel whether it speaks Runnel's API; else OpenAI's, as the scripted model and what only passes it on
/// @param tls    what trusts it, where it speaks TLS; then HTTP/2, too
record Target(URI url, boolean runnel, Optional<SSLContext> tls) {
    static Target runnel(URI url) {
        return new Target(url, true, Optional.empty());
    }

    HttpClient.Builder client() {
        var client = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10))
                .version(tls.isPresent() ? HttpClient.Version.HTTP_2 : HttpClient.Version.HTTP_1_1);
        tls.ifPresent(client::sslContext);
        return client;
    }

    /// The request that starts a stream. Runnel's answer says where it is to be read; otherwise the answer is the stream.
    HttpRequest start(Script script, int number) {
        var body = runnel ? "\"prompt\":\"Number " + number + "\""
                : "\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"Number " + number + "\"}]";
        return HttpRequest.newBuilder(url.resolve(runnel ? "/api/chat" : "/v1/chat/completions"))
                .header("Content-Type", "application/json").header("Accept", runnel ? "application/json" : "text/event-stream")
                .POST(BodyPublishers.ofString("{\"model\":\"" + script.model() + "\"," + body + "}")).build();
    }

    HttpRequest read(String location) {
        return HttpRequest.newBuilder(url.resolve(location)).header("Accept", "text/event-stream").build();
    }

    /// What the last event of a good stream contains.
    String ending() {
        return runnel ? "\"status\":\"complete\"" : "[DONE]";
    }
}
