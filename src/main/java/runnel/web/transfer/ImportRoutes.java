package runnel.web.transfer;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;
import runnel.chat.Problem;
import runnel.chat.Refused;
import runnel.store.chat.Presets;
import runnel.store.transfer.Imports;
import runnel.store.transfer.Imports.Taken;
import runnel.web.http.Authentication;
import runnel.web.http.Body;
import runnel.web.http.Json;
import runnel.web.stream.KeyedLimit;

/// `POST /api/import`: takes in what this server or another chat program has exported, see [ImportedFile].
public final class ImportRoutes {
    private static final int MAX_BYTES = 256 << 20;
    private static final Pattern ZIP = Pattern.compile("(?i)application/(x-)?zip(-compressed)?");
    private static final int MAX_AT_ONCE = 8;
    private static final Problem TOO_MANY = new Problem("too-many-imports", 429, "Too many imports",
            "You are importing already. Wait for its end.");
    private static final long PATIENCE_SECONDS = 60;

    private final Semaphore seats = new Semaphore(MAX_AT_ONCE);
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
        var file = new ImportedFile(imports, presets, answer.putArray("skipped"));
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
}
