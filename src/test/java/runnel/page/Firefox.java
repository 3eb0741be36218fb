package runnel.page;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import runnel.Client;
import runnel.web.http.Json;

/// One tab of Firefox by WebDriver BiDi, which it speaks without a driver: as much of that as a test of the page needs.
/// See https://www.w3.org/TR/webdriver-bidi/.
final class Firefox implements AutoCloseable, WebSocket.Listener {
    private static final Pattern LISTENING = Pattern.compile("WebDriver BiDi listening on (ws://\\S+)");
    private static final int PATIENCE_SECONDS = 30;

    /// What the console of the page said.
    final List<String> said = new CopyOnWriteArrayList<>();
    private final BlockingQueue<JsonNode> answers = new LinkedBlockingQueue<>();
    private final StringBuilder message = new StringBuilder();
    private final Process process;
    private final WebSocket socket;
    private final String tab;
    private int asked;

    static Optional<Path> program() {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator)).flatMap(folder -> Stream.of(Path.of(folder, "firefox-esr"), Path.of(folder, "firefox")))
                .filter(path -> path.toFile().canExecute()).findFirst();
    }

    Firefox(Path program, Path profile) throws IOException, InterruptedException {
        process = new ProcessBuilder(program.toString(), "--headless", "--no-remote", "--profile", profile.toString(), "--remote-debugging-port=0", "about:blank")
                .redirectErrorStream(true).start();
        var lines = process.inputReader();
        var address = lines.lines().map(LISTENING::matcher).filter(found -> found.find()).map(found -> found.group(1)).findFirst().orElseThrow();
        Thread.ofVirtual().start(() -> lines.lines().forEach(_ -> {})); // so that it can go on writing
        socket = HttpClient.newHttpClient().newWebSocketBuilder().buildAsync(URI.create(address + "/session"), this).join();
        ask("session.new", Map.of("capabilities", Map.of()));
        ask("session.subscribe", Map.of("events", List.of("log.entryAdded")));
        tab = ask("browsingContext.getTree", Map.of()).at("/contexts/0/context").asText();
    }

    void open(String address) throws InterruptedException {
        ask("browsingContext.navigate", Map.of("context", tab, "url", address, "wait", "interactive"));
    }

    /// The value of an expression, or of what it promises.
    JsonNode evaluate(String expression) throws InterruptedException {
        return ask("script.evaluate", Map.of("expression", expression, "target", Map.of("context", tab), "awaitPromise", true)).at("/result/value");
    }

    /// Waits until an expression is true.
    void await(String expression) throws InterruptedException {
        evaluate("new Promise((done) => { const look = () => (" + expression + " ? done(true) : setTimeout(look, 20)); look(); })");
    }

    private JsonNode ask(String method, Map<String, ?> params) throws InterruptedException {
        asked++;
        socket.sendText(Json.object().put("id", asked).put("method", method).putPOJO("params", params).toString(), true).join();
        var answer = answers.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (answer == null || !answer.path("type").asText().equals("success")) {
            throw new AssertionError(method + " " + params + ": " + answer);
        }
        return answer.get("result");
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        message.append(data);
        if (last) {
            var told = Client.json(message.toString());
            message.setLength(0);
            if (told.has("id")) {
                answers.add(told);
            } else {
                said.add(told.at("/params/level").asText() + " " + told.at("/params/text").asText());
            }
        }
        from.request(1);
        return null;
    }

    @Override
    public void close() throws InterruptedException {
        socket.abort();
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().waitFor();
    }
}
