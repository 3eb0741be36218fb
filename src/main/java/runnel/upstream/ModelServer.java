package runnel.upstream;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import okhttp3.ConnectionPool;
import okhttp3.ConnectionSpec;
import okhttp3.OkHttpClient;
import okhttp3.Request;

/// What all calls to one server share.
record ModelServer(
        Endpoint endpoint,
        SocketWatch sockets,
        OkHttpClient client,
        Dialects dialects,
        Watchdog watchdog,
        UpstreamLog log,
        Set<OpenAiCall> running) implements AutoCloseable {
    private static final Duration LISTING = Duration.ofSeconds(5);

    static ModelServer at(Endpoint endpoint) {
        var sockets = new SocketWatch();
        var client = new OkHttpClient.Builder()
                .socketFactory(sockets)
                .connectTimeout(Duration.ofSeconds(10))
                .readTimeout(Duration.ZERO) // a model may think for minutes; the watchdog bounds the whole
                .writeTimeout(Duration.ZERO) // the socket has one of its own, which wakes nobody
                .retryOnConnectionFailure(false)
                .followRedirects(false)
                .followSslRedirects(false)
                .connectionSpecs(security(endpoint))
                .connectionPool(new ConnectionPool(16, idleSeconds(endpoint), TimeUnit.SECONDS))
                .build();
        return new ModelServer(endpoint, sockets, client, new Dialects(), new Watchdog(), new UpstreamLog(endpoint.key()),
                ConcurrentHashMap.newKeySet());
    }

    /// Without TLS in it OkHttp does not read the JDK's hundred trusted certificates at start.
    private static List<ConnectionSpec> security(Endpoint endpoint) {
        return List.of(endpoint.at("").isHttps() ? ConnectionSpec.MODERN_TLS : ConnectionSpec.CLEARTEXT);
    }

    /// Small servers (uvicorn, Node) hang up after five idle seconds, while OkHttp looks whether a connection still lives
    /// only after ten: a question sent in between would fail. To connect anew costs something only where there is TLS.
    private static int idleSeconds(Endpoint endpoint) {
        return endpoint.at("").isHttps() ? 60 : 4;
    }

    okhttp3.Call chat(ChatRequest body) {
        return client.newCall(request("chat/completions").header("Accept", "text/event-stream").post(body).build());
    }

    okhttp3.Call models() {
        return client.newBuilder().readTimeout(LISTING).callTimeout(LISTING).build()
                .newCall(request("models").header("Accept", "application/json").build());
    }

    private Request.Builder request(String path) {
        var request = new Request.Builder().url(endpoint.at(path)).header("User-Agent", "Runnel");
        endpoint.key().ifPresent(key -> request.header("Authorization", "Bearer " + key.reveal()));
        endpoint.organization().ifPresent(name -> request.header("OpenAI-Organization", name));
        return request;
    }

    @Override
    public void close() {
        // OkHttp's dispatcher forgets a call when its head has come.
        running.forEach(OpenAiCall::hangUp);
        client.dispatcher().executorService().shutdown();
        client.connectionPool().evictAll();
        watchdog.close();
        sockets.close();
    }
}
