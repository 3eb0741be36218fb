package runnel.upstream.openai;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import javax.net.ServerSocketFactory;
import javax.net.ssl.SSLContext;
import runnel.Canaries;
import runnel.chat.Secret;
import runnel.settings.ContinueBy;
import runnel.settings.Outbound;
import runnel.settings.Provider;

/// An OpenAI-compatible server that does what a test tells it, on bare sockets, so that it can also do what no proper
/// server does. A question is answered by the scenario given to [#next], else by the one that its model's name names.
public final class ScriptedUpstream implements AutoCloseable {
    /// The key of [#endpoint]; it must turn up nowhere but in requests.
    public static final String CANARY = Canaries.KEY;

    private final ServerSocket listener;
    private final String scheme;
    private final List<Asked> asked = new CopyOnWriteArrayList<>();
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final BlockingQueue<Scenario> scenarios = new LinkedBlockingQueue<>();
    private volatile Scenario props = Scenarios.refuse(404, "no such page");
    private volatile Scenario listing =
            wire -> wire.json(200, "{\"object\":\"list\",\"data\":[{\"id\":\"text:3\",\"object\":\"model\"}]}");

    public ScriptedUpstream() {
        this(ServerSocketFactory.getDefault(), "http");
    }

    /// One that speaks TLS, and in it HTTP/1.1.
    public ScriptedUpstream(SSLContext tls) {
        this(tls.getServerSocketFactory(), "https");
    }

    private ScriptedUpstream(ServerSocketFactory sockets, String scheme) {
        this.scheme = scheme;
        try {
            listener = sockets.createServerSocket(0, 512, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().name("scripted-upstream").start(this::accept);
    }

    public URI baseUrl() {
        return URI.create(scheme + "://127.0.0.1:" + listener.getLocalPort() + "/v1");
    }

    public Endpoint endpoint() {
        return endpoint(Duration.ofSeconds(30));
    }

    public Endpoint endpoint(Duration timeout) {
        return endpoint(new Endpoint.Waits(timeout, timeout));
    }

    /// @param offer what the operator has said of its models
    public Endpoint endpoint(Provider.Offer offer) {
        return new Endpoint(Provider.main(baseUrl(), Optional.of(new Secret(CANARY)), Optional.empty(), offer), Optional.empty(),
                new Endpoint.Waits(Duration.ofSeconds(30), Duration.ofSeconds(30)), ContinueBy.AUTO, Outbound.DIRECT);
    }

    Endpoint endpoint(Endpoint.Waits waits) {
        return new Endpoint(Provider.main(baseUrl(), Optional.of(new Secret(CANARY)), Optional.empty(), Provider.Offer.WHATEVER_IT_LISTS),
                Optional.empty(), waits, ContinueBy.AUTO, Outbound.DIRECT);
    }

    /// The next questions are answered so, in this order.
    public ScriptedUpstream next(Scenario... answers) {
        scenarios.addAll(List.of(answers));
        return this;
    }

    /// A [Script] for the next question.
    public Script script() {
        var script = new Script();
        next(script);
        return script;
    }

    /// What llama-server's `GET /props` answers.
    public ScriptedUpstream props(String json) {
        props = wire -> wire.json(200, json);
        return this;
    }

    public ScriptedUpstream listing(Scenario answer) {
        listing = answer;
        return this;
    }

    /// Every request so far, with those for the list of models.
    public List<Asked> asked() {
        return List.copyOf(asked);
    }

    /// The questions so far.
    public List<Asked> questions() {
        return asked.stream().filter(each -> each.path().matches(".*/(chat/completions|responses)(\\?.*)?")).toList();
    }

    /// How many connections were ever opened.
    public int connections() {
        return sockets.size();
    }

    @Override
    public void close() {
        try {
            listener.close();
            for (Socket socket : sockets) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                sockets.add(socket);
                socket.setTcpNoDelay(true);
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException e) {
                return;
            }
        }
    }

    /// While an answer is played this thread waits for the next request, and so learns at once when the client goes.
    private void serve(Socket socket) {
        try (socket) {
            var in = new BufferedInputStream(socket.getInputStream());
            while (comes(in)) {
                var request = read(in);
                asked.add(request);
                var wire = new Wire(socket, request);
                Thread player = Thread.ofVirtual().start(() -> play(wire));
                if (!comes(in)) {
                    request.clientHungUp();
                }
                player.join();
            }
        } catch (IOException | InterruptedException e) {
            // The client's business: it sent half a request.
        }
    }

    private void play(Wire wire) {
        try {
            answerTo(wire.asked()).play(wire);
        } catch (Exception e) {
            // Most scenarios learn in the middle of a write that the client has gone.
        }
    }

    private Scenario answerTo(Asked request) {
        if (request.path().startsWith("/props")) {
            return props;
        }
        if (request.path().contains("/models")) {
            return listing;
        }
        Scenario next = scenarios.poll();
        return next != null ? next : Scenarios.named(request.model());
    }

    private static boolean comes(InputStream in) {
        try {
            in.mark(1);
            int next = in.read();
            in.reset();
            return next >= 0;
        } catch (IOException e) {
            return false;
        }
    }

    private static Asked read(InputStream in) throws IOException {
        String line = line(in);
        Map<String, String> headers = new HashMap<>();
        for (String header = line(in); !header.isEmpty(); header = line(in)) {
            int colon = header.indexOf(':');
            if (colon < 0) {
                throw new IOException("no HTTP");
            }
            headers.put(header.substring(0, colon).toLowerCase(Locale.ROOT), header.substring(colon + 1).strip());
        }
        byte[] body = in.readNBytes(Integer.parseInt(headers.getOrDefault("content-length", "0")));
        JsonNode json = JsonCodec.MAPPER.readTree(body.length == 0 ? "{}" : new String(body, StandardCharsets.UTF_8));
        return new Asked(line, headers, json, body);
    }

    private static String line(InputStream in) throws IOException {
        var line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new IOException("half a request");
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }
}
