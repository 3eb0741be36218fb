package runnel.upstream.openai;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.ConnectionPool;
import okhttp3.ConnectionSpec;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/// Carries requests to one model server by OkHttp, whose EventSource reads the answers: by HTTP/2 where the server has it over
/// TLS. It follows no redirect and repeats nothing.
final class Transport implements AutoCloseable {
    /// How long a list of models usually may take.
    static final Duration LISTING = Duration.ofSeconds(5);

    /// How long a connection of HTTP/2 is kept that carries nothing.
    private static final Duration IDLE = Duration.ofSeconds(60);

    /// How often a connection of HTTP/2 is asked whether it still lives: a router that forgets it says nothing.
    private static final Duration PING = Duration.ofSeconds(20);

    private final Endpoint endpoint;
    /// OkHttp's dispatcher forgets a call when its head has come.
    private final Set<Call> running = ConcurrentHashMap.newKeySet();
    private final OkHttpClient client;
    private final Duration listing;

    /// @param listing for how long a server that is asked for its list of models may say nothing; the list is given up after [#LISTING]
    Transport(Endpoint endpoint, Duration listing) {
        this.endpoint = endpoint;
        this.listing = listing;
        client = client(endpoint);
    }

    private static OkHttpClient client(Endpoint endpoint) {
        var client = new OkHttpClient.Builder()
                .connectTimeout(Duration.ofSeconds(10))
                .readTimeout(Duration.ZERO) // a model may think for minutes; the watchdog bounds the whole
                .writeTimeout(Duration.ofSeconds(30))
                // Only before anything is sent, since a question's body is one-shot: another address, or another connection where HTTP/2
                // has said GOAWAY.
                .retryOnConnectionFailure(true)
                .followRedirects(false)
                .followSslRedirects(false)
                .connectionPool(new ConnectionPool(16, IDLE.toSeconds(), TimeUnit.SECONDS))
                .pingInterval(PING)
                .addNetworkInterceptor(Transport::onceOnly);
        if (!endpoint.isSecure()) { // else the JVM's authorities are read, which takes as long as a tenth of the start
            client.connectionSpecs(List.of(ConnectionSpec.CLEARTEXT));
        } else if (!endpoint.outbound().authorities().isEmpty()) {
            TrustedAuthorities.add(client, endpoint.outbound().authorities());
        }
        if (endpoint.outbound().proxyFor(endpoint.baseUrl()).isPresent()) {
            ProxyRoute.set(client, endpoint);
        }
        return client.build();
    }

    /// A connection of HTTP/1.1 carries one request. Its server may close it at any moment after the answer (llama-server at once,
    /// uvicorn and Node after five seconds), and a question that crosses with that is lost: it may not be sent again, since
    /// nobody knows whether it was read. HTTP/2 says by GOAWAY what was not (RFC 9113, section 6.8).
    private static Response onceOnly(Interceptor.Chain chain) throws IOException {
        boolean shared = chain.connection().protocol() == Protocol.HTTP_2;
        return chain.proceed(shared ? chain.request() : chain.request().newBuilder().header("Connection", "close").build());
    }

    Duration listing() {
        return listing;
    }

    /// Prepares a question without sending it yet.
    Exchange chat(ChatRequest question) {
        var request = request(endpoint.at(endpoint.path())).header("Accept", "text/event-stream").post(Exchange.body(question)).build();
        return new Exchange(client.newCall(request), running);
    }

    /// Prepares a request that is passed on, without sending it yet.
    Call passedOn(RequestBody body) {
        return client.newCall(request(endpoint.at(endpoint.path())).header("Accept", "application/json, text/event-stream")
                .post(body).build());
    }

    /// What is under way, and is broken off by [#close].
    Set<Call> running() {
        return running;
    }

    /// The server's answer to a `GET`, which may take as long as a list may.
    ///
    /// @throws IOException where it did not come; [Oversized] where it is longer
    Fetched get(HttpUrl address) throws IOException {
        Call call = client.newBuilder().readTimeout(listing).callTimeout(LISTING).build()
                .newCall(request(address).header("Accept", "application/json").build());
        try (Response response = call.execute()) {
            return new Fetched(response.code(), response.header("Retry-After", ""), MeteredBody.text(response.body()));
        } catch (IllegalArgumentException e) { // so OkHttp takes a chunk whose size is negative
            throw new IOException(e);
        }
    }

    private Request.Builder request(HttpUrl address) {
        var request = new Request.Builder().url(address).header("Accept-Encoding", "identity");
        endpoint.headers().forEach(request::header);
        return request;
    }

    /// Breaks off whatever is under way.
    @Override
    public void close() {
        running.forEach(Call::cancel);
        client.dispatcher().executorService().shutdown();
        client.connectionPool().evictAll();
    }

    /// @param retryAfter the header of that name, or empty
    record Fetched(int status, String retryAfter, String body) {
        boolean isSuccessful() {
            return status / 100 == 2;
        }
    }

    /// More than eight megabytes came without an event in them, or as one document.
    static final class Oversized extends IOException {
        static final long MAX = 8 << 20;
    }
}
