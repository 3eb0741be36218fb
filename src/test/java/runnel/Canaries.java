package runnel;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/// The secrets that go into one server, looked for in all that comes out of it: in every answer as it comes, in the log and
/// in its files when it closes. [Client] and [Server] see to it, so each test that has a server looks, and fails by itself.
public final class Canaries {
    public static final String KEY = "sk-canary-7f3a9c";
    public static final String PASSWORD = "canary password 7f3a";
    private static final Pattern TOKEN = Pattern.compile("rnl_[\\w-]{43}");

    private final Map<String, String> secrets = new ConcurrentHashMap<>(Map.of(KEY, "the model server's key", PASSWORD, "a password"));

    /// Looks through an answer, then keeps what it gave its reader: the session in a cookie, or a token that was just made.
    void hear(String request, HttpResponse<?> answer) {
        var text = answer.body() instanceof String body ? body : "";
        look("the answer to " + request, answer.headers().map() + text);
        answer.headers().firstValue("Set-Cookie").map(cookie -> cookie.replaceAll("^[^=]*=|;.*", "")).filter(value -> !value.isEmpty()).ifPresent(session -> {
            secrets.put(session, "a session");
            look("the answer to " + request, text);
        });
        if (request.equals("POST /api/me/tokens")) {
            TOKEN.matcher(text).results().forEach(token -> secrets.put(token.group(), "a token"));
        }
    }

    public void look(String where, String text) {
        secrets.forEach((secret, what) -> {
            int at = text.indexOf(secret);
            if (at >= 0) {
                throw new AssertionError(what + " is in " + where + ", behind: " + before(text, at));
            }
        });
    }

    private static String before(String text, int at) {
        return text.substring(Math.max(0, at - 200), at).replaceAll("[^ -~]+", " ");
    }

    public void look(Path folder) {
        try (var files = Files.walk(folder)) {
            files.filter(Files::isRegularFile).forEach(file -> look(file.getFileName().toString(), contents(file)));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static String contents(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
