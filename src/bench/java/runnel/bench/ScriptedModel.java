package runnel.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Random;
import java.util.concurrent.DelayQueue;
import java.util.concurrent.Delayed;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/// A model server that speaks OpenAI's API over plain HTTP/1.1 and says what the model's name asks for, at that pace. One thread writes all
/// tokens in the order in which they are due, which takes a fraction of the CPU time that a thread a stream takes; each token is stamped
/// right before it is written.
final class ScriptedModel implements AutoCloseable {
    private static final int BACKLOG = 4_096;
    private static final int LEAD = 4_096;
    private static final int LEADS = 64; // together more than zlib looks back
    private static final String LETTERS = "eeeeeeeettttttaaaaaoooooiiiiinnnnnssssrrrrhhhhddllcuumwfgypbvk      ";

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final DelayQueue<Next> due = new DelayQueue<>();
    private final byte[][] leads = new byte[LEADS][];
    private final Thread writer = Thread.ofPlatform().daemon().name("scripted model").unstarted(this::write);
    private final HttpServer server;

    private ScriptedModel(HttpServer server) {
        this.server = server;
        var random = new Random(1);
        for (int i = 0; i < LEADS; i++) { // packs as badly as prose does, which matters to what it costs to store
            var text = new StringBuilder();
            random.ints(LEAD, 0, LETTERS.length()).forEach(letter -> text.append(LETTERS.charAt(letter)));
            leads[i] = text.toString().getBytes(US_ASCII);
        }
    }

    static ScriptedModel start() throws IOException {
        System.setProperty("sun.net.httpserver.nodelay", "true");
        System.setProperty("sun.net.httpserver.maxIdleConnections", "20000");
        var model = new ScriptedModel(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG));
        model.server.createContext("/v1/models", model::models);
        model.server.createContext("/v1/chat/completions", model::chat);
        model.server.setExecutor(model.threads);
        model.writer.start();
        model.server.start();
        return model;
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    private void models(HttpExchange exchange) throws IOException {
        var body = "{\"object\":\"list\",\"data\":[{\"id\":\"bench\",\"object\":\"model\"}]}".getBytes(US_ASCII);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private void chat(HttpExchange exchange) throws IOException {
        var script = Script.named(new String(exchange.getRequestBody().readAllBytes(), US_ASCII)).orElse(Script.of(1, 1));
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream; charset=utf-8");
        exchange.sendResponseHeaders(200, 0);
        var out = exchange.getResponseBody();
        for (int said = 0; said < script.lead(); said += LEAD) {
            say(out, script, new String(leads[said / LEAD % LEADS], US_ASCII));
        }
        due.add(new Next(script, exchange, out, System.nanoTime(), 0));
    }

    /// The token that a stream says next.
    private record Next(Script script, HttpExchange exchange, OutputStream out, long began, int number) implements Delayed {
        /// @return whether the stream goes on
        boolean write() {
            try {
                if (number < script.tokens()) {
                    say(out, script, Stamp.of(number));
                    return true;
                }
                event(out, chunk(script, "", "\"stop\""));
                event(out, "[DONE]");
            } catch (IOException gone) {
                // Its reader has left, and so does it.
            }
            exchange.close();
            return false;
        }

        private long at() {
            return began + script.nanosBefore(Math.min(number, script.tokens() - 1));
        }

        @Override
        public long getDelay(TimeUnit unit) {
            return unit.convert(at() - System.nanoTime(), TimeUnit.NANOSECONDS);
        }

        @Override
        public int compareTo(Delayed other) {
            return Long.signum(at() - ((Next) other).at());
        }
    }

    private void write() {
        try {
            while (true) {
                var next = due.take();
                if (next.write()) {
                    due.add(new Next(next.script, next.exchange, next.out, next.began, next.number + 1));
                }
            }
        } catch (InterruptedException closed) {
            cancel();
        }
    }

    private static void say(OutputStream out, Script script, String text) throws IOException {
        event(out, chunk(script, "\"content\":\"" + text + "\"", "null"));
    }

    private static String chunk(Script script, String delta, String reason) {
        return "{\"id\":\"chatcmpl-bench\",\"object\":\"chat.completion.chunk\",\"created\":1760000000,\"model\":\"" + script.model()
                + "\",\"system_fingerprint\":\"fp_bench\",\"choices\":[{\"index\":0,\"delta\":{" + delta
                + "},\"logprobs\":null,\"finish_reason\":" + reason + "}]}";
    }

    private static void event(OutputStream out, String data) throws IOException {
        out.write(("data: " + data + "\n\n").getBytes(US_ASCII));
        out.flush();
    }

    /// Breaks all streams off.
    void cancel() {
        for (var next : due.toArray(Next[]::new)) {
            if (due.remove(next)) {
                next.exchange.close();
            }
        }
    }

    @Override
    public void close() {
        writer.interrupt();
        server.stop(0);
        threads.shutdownNow();
    }
}
