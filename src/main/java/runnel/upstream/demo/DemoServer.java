package runnel.upstream.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import runnel.account.Token;
import runnel.chat.Secret;
import runnel.settings.ContinueBy;
import runnel.settings.Outbound;
import runnel.settings.Provider;
import runnel.upstream.openai.Endpoint;
import runnel.upstream.openai.JsonCodec;
import runnel.upstream.openai.OpenAiUpstream;

/// The built-in demo model: an OpenAI-compatible server on a free port of the loopback address, so that Runnel shows what
/// it does before anybody has a key, by the same way that every other model's answer takes.
///
/// Only who has the [#key] may ask it, as other users of the machine can reach the port too.
public final class DemoServer implements AutoCloseable {
    public static final String ID = "demo";
    static final String MODEL = "runnel-demo";
    static final String REASONING_MODEL = "runnel-demo-reasoning";

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Secret key;

    private DemoServer(HttpServer server, Secret key) {
        this.server = server;
        this.key = key;
    }

    public static DemoServer start() {
        // Else the kernel holds each small packet back until the one before is acknowledged, for up to 40 ms.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        try {
            var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
            var demo = new DemoServer(HttpServer.create(address, 0), Token.random());
            demo.server.setExecutor(demo.threads);
            demo.server.createContext("/v1/models", demo::models);
            demo.server.createContext("/v1/chat/completions", demo::chat);
            demo.server.start();
            return demo;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public URI baseUrl() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/v1");
    }

    public Secret key() {
        return key;
    }

    /// How [OpenAiUpstream] asks it.
    public Endpoint endpoint(Duration timeout) {
        var access = new Provider.Access(Optional.of(key), Map.of(), Set.of(), Map.of());
        return new Endpoint(new Provider(ID, "Demo", baseUrl(), access, Provider.Api.CHAT, Provider.Offer.WHATEVER_IT_LISTS),
                Optional.empty(), new Endpoint.Waits(timeout, timeout), ContinueBy.AUTO, Outbound.DIRECT);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void models(HttpExchange exchange) throws IOException {
        if (admitted(exchange)) {
            DemoReply.json(exchange, 200, """
                    {"object":"list","data":[\
                    {"id":"%s","object":"model","owned_by":"runnel","context_length":32768,"capabilities":["vision"]},\
                    {"id":"%s","object":"model","owned_by":"runnel","context_length":32768,"capabilities":["vision"]}]}"""
                    .formatted(MODEL, REASONING_MODEL));
        }
    }

    private void chat(HttpExchange exchange) throws IOException {
        if (!admitted(exchange)) {
            return;
        }
        JsonNode question = JsonCodec.MAPPER.readTree(exchange.getRequestBody().readAllBytes());
        var prompt = DemoPrompt.of(question);
        var fault = DemoFault.in(prompt.text());
        if (fault.isPresent()) {
            fault.get().play(exchange, prompt);
        } else {
            new DemoReply(exchange, prompt).all(DemoTexts.answer(prompt), prompt.pause());
        }
    }

    private boolean admitted(HttpExchange exchange) throws IOException {
        String sent = Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization")).orElse("");
        if (MessageDigest.isEqual(bytes(sent), bytes("Bearer " + key.reveal()))) {
            return true;
        }
        DemoReply.error(exchange, 401, "Incorrect API key provided", "invalid_api_key");
        return false;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
