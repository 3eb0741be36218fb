package runnel.web;

import io.javalin.http.Context;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import runnel.chat.Attachment;
import runnel.chat.KeyedLimit;
import runnel.chat.Problem;
import runnel.chat.Refused;
import runnel.store.chat.Uploads;
import runnel.web.http.Authentication;
import runnel.web.http.Body;
import runnel.web.http.FileSeats;
import runnel.web.http.Json;
import runnel.web.http.MultipartFile;
import runnel.web.transfer.ChatJson;
import runnel.web.transfer.DownloadName;

/// Files that are put beside prompts.
final class UploadRoutes {
    /// How many files one person may be sending at once.
    private static final int MAX_AT_ONCE = 4;
    private static final int MAX_AT_ONCE_IN_ALL = 32;
    private static final Problem TOO_MANY = new Problem("too-many-uploads", 429, "Too many uploads",
            "You are sending %d files already. Wait for one of them.".formatted(MAX_AT_ONCE));
    /// For what a form has around its file.
    private static final int FORM_BYTES = 64 << 10;
    /// Whatever the bytes are, no script in them runs and nothing of the page can be reached.
    private static final String POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox";

    private final FileSeats seats = new FileSeats(MAX_AT_ONCE_IN_ALL);
    private final KeyedLimit sending = new KeyedLimit(MAX_AT_ONCE);
    private final Authentication authentication;
    private final Uploads uploads;
    private final Path folder;
    private final int maxBytes;

    /// @param folder where files are kept while they come
    UploadRoutes(Authentication authentication, Uploads uploads, Path folder, int maxBytes) {
        this.authentication = authentication;
        this.uploads = uploads;
        this.folder = folder;
        this.maxBytes = maxBytes;
    }

    /// POST /api/uploads
    void add(Context ctx) {
        var owner = authentication.of(ctx).id();
        sending.holding(owner, TOO_MANY, () -> {
            boolean form = MultipartFile.isForm(ctx.header("Content-Type"));
            var added = Body.file(ctx, folder, maxBytes + (form ? FORM_BYTES : 0), seats, body -> add(ctx, owner, form, body));
            ctx.status(201).header("Location", "/api/uploads/" + added.id());
            Json.answer(ctx, ChatJson.attachment(added));
            return added;
        });
    }

    private Attachment add(Context ctx, String owner, boolean form, InputStream body) {
        var name = Optional.ofNullable(ctx.queryParam("name"));
        return form ? MultipartFile.read(body, ctx.header("Content-Type"), folder,
                (given, file) -> uploads.add(owner, name.orElse(given), file))
                : uploads.add(owner, name.orElse(""), body);
    }

    /// GET /api/uploads/{upload}
    void show(Context ctx) {
        var sent = uploads.find(authentication.of(ctx).id(), ctx.pathParam("upload")).orElseThrow(Refused::notFound);
        answer(ctx, sent);
    }

    /// The bytes as they came: an image to be shown, all else to be downloaded.
    static void answer(Context ctx, Uploads.Sent sent) {
        var upload = sent.upload();
        Refused.requireFound(Files.exists(sent.file()));
        ctx.header("Content-Security-Policy", POLICY)
                .header("Content-Disposition", (upload.isImage() ? "inline" : "attachment") + "; filename*=UTF-8''"
                        + DownloadName.encoded(upload.name()));
        ctx.res().setContentLengthLong(upload.size());
        Json.answer(ctx, upload.type().equals("text/plain") ? "text/plain; charset=utf-8" : upload.type(),
                out -> Files.copy(sent.file(), out));
    }

    /// DELETE /api/uploads/{upload}
    void delete(Context ctx) {
        uploads.remove(authentication.of(ctx).id(), ctx.pathParam("upload"));
        ctx.status(204);
    }
}
