package runnel;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Pattern;

/// The secrets that go into one server, looked for in all that comes out of it: in every byte that it sends, whoever reads
/// it, and in the log and its files when it closes. [Server] sees to it, so each test that has a server looks, and fails by itself.
public final class Canaries {
    public static final String KEY = "sk-canary-7f3a9c";
    public static final String PASSWORD = "canary password 7f3a";
    /// What the server makes itself and gives its owner: the first time it is seen is when it is given.
    private static final Pattern GIVEN = Pattern.compile("(?i:set-cookie: (?:__(?:Host|Secure)-)?runnel=)(?<session>[^;\\s]+);|(?<token>rnl_[\\w-]{43})");

    private final Map<String, String> secrets = new ConcurrentHashMap<>(Map.of(KEY, "the model server's key", PASSWORD, "a password"));
    private final Queue<String> leaks = new ConcurrentLinkedQueue<>();

    /// Makes something secret that the server does say, to see whether that is noticed.
    void plant(String secret) {
        secrets.put(secret, "what was planted");
    }

    /// @param where what it is the ear for
    public Ear ear(String where) {
        return new Ear(text -> look(where, text), this::learn);
    }

    /// Takes out what is given here and now. If it is there once more, it stays.
    private String learn(String text) {
        if (!text.contains("rnl_") && !text.contains("ookie: ")) {
            return text; // to look for more takes a fifth of all that the tests of the web do
        }
        return GIVEN.matcher(text).replaceAll(given -> {
            var session = given.group("session");
            boolean isNew = session == null ? secrets.putIfAbsent(given.group("token"), "a token") == null : secrets.putIfAbsent(session, "a session") == null;
            return isNew ? "" : java.util.regex.Matcher.quoteReplacement(given.group());
        });
    }

    public void look(String where, String text) {
        secrets.forEach((secret, what) -> {
            int at = text.indexOf(secret);
            if (at >= 0) {
                leaks.add(what + " is in " + where + ", behind: " + before(text, at));
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

    /// What was found so far.
    List<String> leaks() {
        return List.copyOf(leaks);
    }

    /// Fails where anything was found.
    public void assertNoLeak() {
        if (!leaks.isEmpty()) {
            throw new AssertionError(String.join("\n", leaks));
        }
    }
}
