package runnel.cli.terminal;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Optional;

/// The reply that was read last and how far, in a file of the user's own, so that `attach` goes on with it. Nothing that was said is
/// in it. Where it cannot be written, that is no reason not to talk.
final class LastReply {
    private static final long EVERY_NANOS = 300_000_000;

    private final Optional<Path> folder;
    private final Optional<Path> file;
    private Bookmark newest = new Bookmark("", "", "", true);
    private long written;

    /// @param server the one that was named, or empty
    /// @param read   whether it was read to its end
    record Bookmark(String server, String reply, String cursor, boolean read) {
        Optional<URI> named() {
            return server.isEmpty() ? Optional.empty() : Optional.of(URI.create(server));
        }
    }

    LastReply(Optional<Path> folder) {
        this.folder = folder;
        this.file = folder.map(inside -> inside.resolve("last.json"));
    }

    /// The user's folder for what a program remembers.
    static Optional<Path> folder(Map<String, String> environment) {
        var home = named(environment, "HOME").map(folder -> folder.resolve(".local/state"));
        return named(environment, "XDG_STATE_HOME").or(() -> home).filter(Path::isAbsolute).map(base -> base.resolve("runnel"));
    }

    private static Optional<Path> named(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isEmpty()).map(Path::of);
    }

    /// Where it is, and where other things that a person's own are may be.
    Optional<Path> folder() {
        return folder;
    }

    Optional<Bookmark> read() {
        try {
            var json = Api.parse(Files.readString(file.orElseThrow(IOException::new)));
            return Optional.of(new Bookmark(json.path("server").asText(), json.path("reply").asText(), json.path("cursor").asText(),
                    json.path("read").asBoolean())).filter(place -> !place.reply.isEmpty());
        } catch (IOException | RuntimeException none) {
            return Optional.empty();
        }
    }

    /// Remembers a place, at once where that matters, else from time to time.
    synchronized void is(Bookmark place, boolean now) {
        newest = place;
        if (now || System.nanoTime() - written > EVERY_NANOS) {
            flush();
        }
    }

    synchronized void flush() {
        if (file.isEmpty() || newest.reply.isEmpty()) {
            return;
        }
        try {
            var folder = Files.createDirectories(file.get().getParent());
            var fresh = Files.createTempFile(folder, "last", ".tmp"); // which only its owner may read
            Files.writeString(fresh, Api.object().put("server", newest.server).put("reply", newest.reply).put("cursor", newest.cursor)
                    .put("read", newest.read).toString());
            Files.move(fresh, file.get(), StandardCopyOption.ATOMIC_MOVE);
            written = System.nanoTime();
        } catch (IOException notHere) {
            // then `attach` takes the reply's id
        }
    }
}
