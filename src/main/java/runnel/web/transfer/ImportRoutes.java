package runnel.web.transfer;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;
import runnel.chat.KeyedLimit;
import runnel.chat.Problem;
import runnel.chat.Refused;
import runnel.store.chat.Presets;
import runnel.store.transfer.Imports;
import runnel.store.transfer.Imports.Taken;
import runnel.web.http.Authentication;
import runnel.web.http.Body;
import runnel.web.http.FileSeats;
import runnel.web.http.HttpConnection;
import runnel.web.http.Json;

/// `POST /api/import`: takes in what this server or another chat program has exported, see [ImportedFile].
public final class ImportRoutes {
    private static final int MAX_BYTES = 256 << 20;
    private static final Pattern ZIP = Pattern.compile("(?i)application/(x-)?zip(-compressed)?");
    private static final int MAX_AT_ONCE = 8;
    private static final Problem TOO_MANY = new Problem("too-many-imports", 429, "Too many imports",
            "You are importing already. Wait for its end.");
    private static final long PATIENCE_SECONDS = 60;
    private static final long MAX_SECONDS = 600;

    private final FileSeats seats = new FileSeats(MAX_AT_ONCE);
    private final KeyedLimit importing = new KeyedLimit(1);
    private final Lock turn = new ReentrantLock();
    private final Authentication authentication;
    private final Imports imports;
    private final Presets presets;
    private final Path folder;

    /// @param folder where files are kept while they are read
    public ImportRoutes(Authentication authentication, Imports imports, Presets presets, Path folder) {
        this.authentication = authentication;
        this.imports = imports;
        this.presets = presets;
        this.folder = folder;
    }

    /// POST /api/import. One at a time, since each holds a whole chat in memory.
    public void take(Context ctx) {
        var owner = authentication.of(ctx).id();
        if (!ZIP.matcher(Optional.ofNullable(ctx.header("Content-Type")).orElse("")).matches()) {
            Json.checkType(ctx);
        }
        var answer = Json.object();
        var file = new ImportedFile(imports, presets, answer.putArray("skipped"), new Patience(ctx));
        var taken = importing.holding(owner, TOO_MANY,
                () -> Body.file(ctx, folder, MAX_BYTES, seats, body -> inTurn(file, owner, body)));
        taken.fresh().forEach(answer.putArray("chats")::add);
        taken.known().forEach(answer.putArray("known")::add);
        answer.put("presets", file.presets());
        ctx.status(taken.fresh().isEmpty() && file.presets() == 0 ? 200 : 201);
        Json.answer(ctx, answer);
    }

    private Taken inTurn(ImportedFile file, String owner, InputStream body) {
        try {
            if (!turn.tryLock(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new Refused("busy", 503, "Busy", "Others are importing. Try again in a moment.");
            }
        } catch (InterruptedException stopping) {
            throw new IllegalStateException(stopping);
        }
        try {
            return file.take(owner, body);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        } finally {
            turn.unlock();
        }
    }

    /// Ends an import that takes long or for which nobody waits: others wait for their turn meanwhile.
    private static final class Patience implements Runnable {
        private final Context ctx;
        private final HttpConnection connection;
        private long end;
        private long look;

        Patience(Context ctx) {
            this.ctx = ctx;
            this.connection = new HttpConnection(ctx);
        }

        @Override
        public void run() {
            long now = System.nanoTime();
            if (end == 0) {
                end = now + TimeUnit.SECONDS.toNanos(MAX_SECONDS);
                look = now;
            }
            if (now - end > 0) {
                throw new Refused("too-large", 413, "Too large",
                        "The import took more than %d minutes. Nothing was imported: import it in parts.".formatted(
                                TimeUnit.SECONDS.toMinutes(MAX_SECONDS)));
            }
            if (now - look >= 0) {
                look = now + TimeUnit.SECONDS.toNanos(1);
                if (connection.saysNoMore() && !isThere()) {
                    throw new Refused("client-left", 499, "The client left", "Nothing was imported.");
                }
            }
        }

        /// One that has closed its side of the connection may wait all the same.
        private boolean isThere() {
            try {
                return HttpConnection.probe(ctx);
            } catch (IOException gone) {
                return false;
            }
        }
    }
}
