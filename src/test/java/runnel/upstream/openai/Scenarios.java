package runnel.upstream.openai;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// The scenarios by name. As code: `Scenarios.text(5)`; as a request's model: `text:5`, see [#named].
public final class Scenarios {
    private Scenarios() {}

    /// `word0 word1 …`, each a delta, with usage and a proper end.
    public static Scenario text(int tokens) {
        return paced(tokens, 0);
    }

    /// The same with a pause after each token.
    public static Scenario paced(int tokens, long millis) {
        return open().then(words(tokens, millis)).then(end());
    }

    /// Exactly these deltas and a proper end.
    public static Scenario deltas(String... deltas) {
        return open().then(wire -> {
            for (String delta : deltas) {
                wire.delta(delta);
            }
        }).then(end());
    }

    public static Scenario reasoning(String reasoning, String content) {
        return open().then(wire -> wire.reasoning(reasoning).delta(content)).then(end());
    }

    /// The last message, word by word.
    public static Scenario echo() {
        return open().then(wire -> {
            for (String word : wire.asked().lastContent().splitWithDelimiters(" ", 0)) {
                wire.delta(word);
            }
        }).then(end());
    }

    /// Some tokens, and the cap on the answer is reached.
    public static Scenario length(int tokens) {
        return open().then(words(tokens, 0)).then(wire -> wire.finish("length").done());
    }

    /// Some tokens, and then nothing for as long as the client waits.
    public static Scenario silence(int tokens) {
        return open().then(words(tokens, 0)).then(Wire::awaitHangUp);
    }

    /// Not even a head.
    public static Scenario mute() {
        return Wire::awaitHangUp;
    }

    public static Scenario cut(int tokens) {
        return open().then(words(tokens, 0)).then(Wire::cut);
    }

    public static Scenario cutInsideAnEvent(int tokens) {
        return open().then(words(tokens, 0)).then(wire -> wire.raw("40\r\ndata: {\"choices\":[{\"del").cut());
    }

    public static Scenario reset(int tokens) {
        return open().then(words(tokens, 0)).then(Wire::reset);
    }

    /// The body ends as HTTP wants it, and the answer does not.
    public static Scenario unfinished(int tokens) {
        return open().then(words(tokens, 0)).then(Wire::end);
    }

    public static Scenario withoutDone(int tokens) {
        return open().then(words(tokens, 0)).then(wire -> wire.finish("stop").end());
    }

    public static Scenario withoutFinishReason(int tokens) {
        return open().then(words(tokens, 0)).then(Wire::done);
    }

    public static Scenario errorInStream(int tokens, String message) {
        return open().then(words(tokens, 0)).then(wire -> wire.event(error(message, "server_error", "")).end());
    }

    public static Scenario malformed(int tokens) {
        return open().then(words(tokens, 0)).then(wire -> wire.event("{\"choices\":[{\"delta\":{\"content\":").end());
    }

    public static Scenario refuse(int status, String message) {
        return wire -> wire.json(status, error(message, "invalid_request_error", ""));
    }

    /// As OpenAI's newer models do it, until the question comes without the parameter.
    public static Scenario refuseParameter(String name, Scenario otherwise) {
        return wire -> {
            if (wire.asked().body().has(name)) {
                wire.json(400, error("Unsupported parameter: '" + name + "' is not supported with this model.", name,
                        "unsupported_parameter"));
            } else {
                otherwise.play(wire);
            }
        };
    }

    public static Scenario html(int status) {
        return wire -> wire.answer(status, "text/html", "<!doctype html><title>Welcome to nginx!</title>");
    }

    public static Scenario redirect(String location) {
        return wire -> wire.answer(307, "text/plain", "", "Location: " + location);
    }

    public static Scenario notStreamed(String content) {
        return wire -> wire.json(200, "{\"object\":\"chat.completion\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\","
                + "\"content\":\"" + content + "\"},\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":1,"
                + "\"completion_tokens\":2,\"total_tokens\":3}}");
    }

    /// One line of data without an end in sight.
    public static Scenario endlessLine(long bytes) {
        return open().then(wire -> {
            wire.chunk("data: ");
            byte[] block = "x".repeat(1 << 16).getBytes(StandardCharsets.US_ASCII);
            for (long sent = 0; sent < bytes; sent += block.length) {
                wire.chunk(block);
            }
        }).then(Wire::end);
    }

    /// A scenario from a model's name: the words and their numbers of the table below, `text:3` where there is none such.
    public static Scenario named(String model) {
        String[] parts = model.split(":", 2);
        int n = parts.length > 1 && parts[1].matches("\\d+.*") ? Integer.parseInt(parts[1].split(",")[0]) : 3;
        return switch (parts[0].toLowerCase(Locale.ROOT)) {
            case "paced" -> paced(n, Long.parseLong(parts[1].split(",")[1]));
            case "echo" -> echo();
            case "reasoning" -> reasoning("because ", "so");
            case "length" -> length(n);
            case "silence" -> silence(n);
            case "mute" -> mute();
            case "cut" -> cut(n);
            case "reset" -> reset(n);
            case "unfinished" -> unfinished(n);
            case "error" -> errorInStream(n, "scripted failure");
            case "malformed" -> malformed(n);
            case "status" -> refuse(n, "scripted refusal");
            case "html" -> html(200);
            case "whole" -> notStreamed("whole");
            default -> text(n);
        };
    }

    static Scenario open() {
        return wire -> wire.stream().delta("role", "assistant");
    }

    static Scenario words(int count, long millis) {
        return wire -> {
            for (int i = 0; i < count; i++) {
                wire.delta("word" + i + " ");
                Thread.sleep(millis);
            }
        };
    }

    static Scenario end() {
        return wire -> wire.finish("stop").usage(7, 3).done();
    }

    public static String error(String message, String param, String code) {
        return "{\"error\":{\"message\":\"" + message + "\",\"type\":\"invalid_request_error\",\"param\":\"" + param
                + "\",\"code\":\"" + code + "\"}}";
    }
}
