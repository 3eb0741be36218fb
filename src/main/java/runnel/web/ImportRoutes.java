package runnel.web;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import runnel.store.Imports;
import runnel.store.Imports.Taken;
import runnel.web.http.Authentication;
import runnel.web.http.Json;

/// `POST /api/import`: takes in chats that this server or another chat program has exported, see [ImportedFile].
final class ImportRoutes {
    private static final int MAX_BYTES = 256 << 20;

    private final Lock turn = new ReentrantLock();
    private final Authentication authentication;
    private final Imports imports;
    private final Path folder;

    /// @param folder where files are kept while they are read
    ImportRoutes(Authentication authentication, Imports imports, Path folder) {
        this.authentication = authentication;
        this.imports = imports;
        this.folder = folder;
    }

    /// POST /api/import. One at a time, since each holds a whole chat in memory.
    void take(Context ctx) {
        var owner = authentication.of(ctx).id();
        var answer = Json.object();
        var file = new ImportedFile(imports, answer.putArray("skipped"));
        Taken taken = Json.file(ctx, folder, MAX_BYTES, body -> {
            turn.lock();
            try {
                return file.take(owner, body);
            } catch (IOException unreadable) {
                throw new UncheckedIOException(unreadable);
            } finally {
                turn.unlock();
            }
        });
        taken.fresh().forEach(answer.putArray("chats")::add);
        taken.known().forEach(answer.putArray("known")::add);
        ctx.status(taken.fresh().isEmpty() ? 200 : 201);
        Json.answer(ctx, answer);
    }
}
