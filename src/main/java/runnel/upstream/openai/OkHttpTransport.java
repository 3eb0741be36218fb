package runnel.upstream.openai;

import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.ConnectionPool;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/// Asks by OkHttp, whose EventSource reads the answers: over TLS, by HTTP/2 where the server has it, and through proxies.
final class OkHttpTransport implements Transport {
    private static final Duration IDLE_SECURE = Duration.ofSeconds(60);

    private final Endpoint endpoint;
    /// OkHttp's dispatcher forgets a call when its head has come.
    private final Set<OkHttpExchange> running = ConcurrentHashMap.newKeySet();
    private final OkHttpClient client;

    OkHttpTransport(Endpoint endpoint) {
        this.endpoint = endpoint;
        client = new OkHttpClient.Builder()
                .connectTimeout(Duration.ofSeconds(10))
                .readTimeout(Duration.ZERO) // a model may think for minutes; the watchdog bounds the whole
                .writeTimeout(Duration.ofSeconds(30))
                .retryOnConnectionFailure(false)
                .followRedirects(false)
                .followSslRedirects(false)
                .connectionPool(new ConnectionPool(16, idle(endpoint).toSeconds(), TimeUnit.SECONDS))
                .build();
    }

    /// OkHttp looks whether a connection still lives only after ten seconds: a question sent over one that its server gave up
    /// before would fail. To connect anew costs something only where there is TLS.
    private static Duration idle(Endpoint endpoint) {
        return endpoint.isSecure() ? IDLE_SECURE : IDLE;
    }

    @Override
    public Exchange chat(ChatRequest question) {
        var request = request("chat/completions").header("Accept", "text/event-stream").post(OkHttpExchange.body(question)).build();
        return new OkHttpExchange(client.newCall(request), running);
    }

    @Override
    public Fetched models() throws IOException {
        Call call = client.newBuilder().readTimeout(LISTING).callTimeout(LISTING).build()
                .newCall(request("models").header("Accept", "application/json").build());
        try (Response response = call.execute()) {
            return new Fetched(response.code(), response.header("Retry-After", ""), new MeteredBody(response.body(), null).string());
        } catch (IllegalArgumentException e) { // so OkHttp takes a chunk whose size is negative
            throw new IOException(e);
        }
    }

    private Request.Builder request(String path) {
        var request = new Request.Builder().url(endpoint.at(path));
        endpoint.headers().forEach(request::header);
        return request;
    }

    @Override
    public void close() {
        running.forEach(OkHttpExchange::cancel);
        client.dispatcher().executorService().shutdown();
        client.connectionPool().evictAll();
    }
}
