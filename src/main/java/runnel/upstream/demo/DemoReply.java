package runnel.upstream.demo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import runnel.chat.Usage;
import runnel.upstream.openai.CompletionJson;
import runnel.upstream.openai.JsonCodec;

/// One answer of the demo model, as events or as one document. A client that has gone shows itself as an [IOException] in the next
/// write, and ends it.
final class DemoReply {
    private final DemoPrompt prompt;
    private final OutputStream out;
    private final CompletionJson form;
    private final ObjectNode message = JsonCodec.MAPPER.createObjectNode().put("role", "assistant").put("content", "");
    private long tokens;

    DemoReply(HttpExchange exchange, DemoPrompt prompt) throws IOException {
        this.prompt = prompt;
        this.form = new CompletionJson("chatcmpl-demo", System.currentTimeMillis() / 1000, prompt.model());
        exchange.getResponseHeaders().set("Content-Type", isWhole() ? "application/json" : "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        out = exchange.getResponseBody();
    }

    /// Says a text up to its end, to the cap, and goes on where an earlier answer left it.
    void all(String text, Duration pause) throws IOException {
        if (prompt.wantsReasoning()) {
            say("reasoning_content", DemoTexts.tokens(DemoTexts.text("reasoning")), pause);
        }
        String rest = rest(text);
        int half = prompt.wantsSecondThoughts() ? Math.max(0, rest.indexOf("\n\n", rest.length() / 3)) : 0;
        say("content", DemoTexts.tokens(rest.substring(0, half)), pause);
        if (half > 0) {
            say("reasoning_content", DemoTexts.tokens(DemoTexts.text("second-thoughts")), pause);
        }
        List<String> last = DemoTexts.tokens(rest.substring(half));
        boolean capped = tokens + last.size() > prompt.maxTokens();
        say("content", last, pause);
        end(capped ? "length" : "stop");
    }

    /// Only the beginning of a text.
    void some(String text, int count) throws IOException {
        List<String> rest = DemoTexts.tokens(rest(text));
        say("content", rest.subList(0, Math.min(count, rest.size())), prompt.pause());
    }

    private boolean isWhole() {
        return prompt.form() == DemoPrompt.Form.WHOLE;
    }

    void end(String reason) throws IOException {
        if (isWhole()) {
            event(withUsage(form.choice("chat.completion", "message", message, reason)));
        } else {
            event(chunk("", "", reason));
            if (prompt.form() == DemoPrompt.Form.EVENTS_AND_USAGE) {
                ObjectNode last = form.of("chat.completion.chunk");
                last.putArray("choices");
                event(withUsage(last));
            }
            line("data: [DONE]");
        }
        out.close();
    }

    private ObjectNode withUsage(ObjectNode json) {
        long asked = prompt.size() / 4;
        return CompletionJson.withUsage(json, new Usage(asked, tokens, asked + tokens));
    }

    /// An event as it is, or a comment. In one document the one is its data, and the other white space.
    void line(String line) throws IOException {
        out.write((!isWhole() ? line : line.startsWith("data: ") ? line.substring(6) : "").concat("\n\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    void close() throws IOException {
        out.close();
    }

    static void pause(Duration pause) {
        try {
            Thread.sleep(pause);
        } catch (InterruptedException e) {
            throw new IllegalStateException("The demo model is being stopped", e);
        }
    }

    private String rest(String text) {
        String soFar = prompt.soFar();
        return text.startsWith(soFar) ? text.substring(soFar.length()) : text;
    }

    private void say(String field, List<String> words, Duration pause) throws IOException {
        for (String word : words) {
            if (tokens >= prompt.maxTokens()) {
                return;
            }
            tokens++;
            if (isWhole()) {
                message.put(field, message.path(field).asText() + word);
            } else {
                event(chunk(field, word, ""));
                pause(pause);
            }
        }
    }

    private ObjectNode chunk(String field, String text, String finishReason) {
        ObjectNode delta = JsonCodec.MAPPER.createObjectNode();
        if (!field.isEmpty()) {
            delta.put(field, text);
        }
        return form.choice("chat.completion.chunk", "delta", delta, finishReason);
    }

    private void event(ObjectNode data) throws IOException {
        line("data: " + data);
    }

    static void error(HttpExchange exchange, int status, String message, String code) throws IOException {
        ObjectNode json = JsonCodec.MAPPER.createObjectNode();
        json.putObject("error").put("message", message).put("type", "demo_error").put("code", code);
        json(exchange, status, json.toString());
    }

    static void json(HttpExchange exchange, int status, String body) throws IOException {
        whole(exchange, status, "application/json", body);
    }

    static void whole(HttpExchange exchange, int status, String type, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
