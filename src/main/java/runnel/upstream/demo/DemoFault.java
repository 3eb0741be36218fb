package runnel.upstream.demo;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A fault that the demo model commits when it is asked to, as in `fail: cut`.
sealed interface DemoFault {
    Pattern ASKED_FOR = Pattern.compile("(?i)\\bfail:\\s*(\\w+)");

    /// An answer with an HTTP status that is not a success.
    record Status(int code) implements DemoFault {}

    /// An answer that is not one.
    enum Instead implements DemoFault { HTML, REDIRECT, CONTEXT, EMPTY, SILENCE }

    /// An answer that does not end well.
    enum Midway implements DemoFault { CUT, ERROR, GARBAGE, LENGTH, SLOW }

    /// The fault that a prompt asks for, where there is such a fault.
    static Optional<DemoFault> in(String prompt) {
        var asked = ASKED_FOR.matcher(prompt);
        return asked.find() ? named(asked.group(1).toUpperCase(Locale.ROOT)) : Optional.empty();
    }

    private static Optional<DemoFault> named(String name) {
        if (name.matches("[45][0-9][0-9]")) {
            return Optional.of(new Status(Integer.parseInt(name)));
        }
        return Stream.<DemoFault[]>of(Instead.values(), Midway.values()).flatMap(Stream::of)
                .filter(fault -> fault.toString().equals(name)).findFirst();
    }

    default void play(HttpExchange exchange, DemoPrompt prompt) throws IOException {
        switch (this) {
            case Status(int code) -> {
                exchange.getResponseHeaders().set("Retry-After", "30");
                DemoReply.error(exchange, code, "This is the demo model's status " + code, "demo");
            }
            case Instead instead -> play(instead, exchange, prompt);
            case Midway midway -> play(midway, new DemoReply(exchange, prompt), prompt);
        }
    }

    private static void play(Instead fault, HttpExchange exchange, DemoPrompt prompt) throws IOException {
        switch (fault) {
            case HTML -> DemoReply.whole(exchange, 200, "text/html", "<!doctype html><title>It works!</title>");
            case REDIRECT -> {
                exchange.getResponseHeaders().set("Location", "/elsewhere");
                DemoReply.whole(exchange, 307, "text/plain", "");
            }
            case CONTEXT -> DemoReply.error(exchange, 400, "The chat is too long", "context_length_exceeded");
            case EMPTY -> new DemoReply(exchange, prompt).close();
            case SILENCE -> sayNothing(new DemoReply(exchange, prompt));
        }
    }

    private static void play(Midway fault, DemoReply reply, DemoPrompt prompt) throws IOException {
        String text = DemoTexts.text("long");
        switch (fault) {
            case CUT -> {
                reply.some(text, 40);
                throw new IOException("cut"); // the server then closes the connection without an end of the body
            }
            case ERROR -> {
                reply.some(text, 40);
                reply.line("data: {\"error\":{\"message\":\"The demo model failed as asked\",\"code\":500}}");
                reply.close();
            }
            case GARBAGE -> {
                reply.some(text, 40);
                reply.line("data: {\"choices\":[{\"delta\":{\"content\":\"half an ev");
                reply.close();
            }
            case LENGTH -> {
                if (prompt.soFar().isEmpty()) {
                    reply.some(text, 40);
                    reply.end("length");
                } else {
                    reply.all(text, prompt.pause());
                }
            }
            case SLOW -> reply.all(text, Duration.ofSeconds(1));
        }
    }

    /// Comments are no part of an answer; they show whether the client is still there.
    private static void sayNothing(DemoReply reply) throws IOException {
        while (true) {
            reply.line(": still silent");
            DemoReply.pause(Duration.ofSeconds(1));
        }
    }
}
