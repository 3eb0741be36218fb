package runnel.web.http;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import runnel.chat.Refused;
import runnel.chat.Sha256;

/// The files of the page, from the jar or from a folder.
///
/// In the jar they are compressed, and its documents name all else under `/a/`, with a hash of the contents in each name, so that a
/// browser may keep it for ever: that of another version is not there. From a folder they come as they are written.
///
/// The entity tag is the hash of the contents. (Javalin's own static files make it of the name, time and length, which stay
/// the same over an update when builds are reproducible, so that browsers keep stale scripts.)
public final class PageFiles {
    /// What the files of the page are under.
    public static final List<String> FOLDERS = List.of("/a/", "/css/", "/js/", "/languages/", "/vendor/");
    /// Characters, no part that begins with a dot, and an ending: a folder has none, and the class path would list it.
    private static final Pattern CHARACTERS = Pattern.compile("[A-Za-z0-9._/-]+\\.[a-z0-9]+");
    private static final Pattern HIDDEN_OR_EMPTY = Pattern.compile("(?:^|/)[./]");
    private static final Pattern INLINE_SCRIPT = Pattern.compile("<script(?: type=\"importmap\")?>(.*?)</script>", Pattern.DOTALL);
    private static final Map<String, String> TYPES = Map.of("html", "text/html; charset=utf-8", "js", "text/javascript; charset=utf-8",
            "mjs", "text/javascript; charset=utf-8", "css", "text/css; charset=utf-8", "json", "application/json", "svg", "image/svg+xml",
            "png", "image/png", "webmanifest", "application/manifest+json", "woff2", "font/woff2", "txt", "text/plain; charset=utf-8");

    /// What a document names by an address.
    private static final Pattern ROOTED = Pattern.compile("(?<==|: )\"/");
    private static final Pattern GZIP = Pattern.compile("gzip(?:\\s*;\\s*q=(?:1|0\\.0*[1-9]).*)?", Pattern.CASE_INSENSITIVE);
    private static final String ASKED_AFTER = "no-cache";
    /// No network and no origin, for what a model wrote: its scripts may run, and reach nothing.
    private static final String ALONE = "sandbox allow-scripts; default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; "
            + "img-src data: blob:";
    private static final String FOR_EVER = "public, max-age=31536000, immutable";

    private final Map<String, PageFile> kept = new ConcurrentHashMap<>();
    private final Optional<Path> folder;
    private final String base;

    private record PageFile(byte[] bytes, boolean compressed, String hash, String type) {
        /// Each coding of the same has a tag of its own (RFC 9110, 8.8.3.3).
        String tag(boolean coded) {
            return '"' + hash + (coded ? "-gzip" : "") + '"';
        }

        byte[] plain() {
            if (!compressed) {
                return bytes;
            }
            try (var in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
                return in.readAllBytes();
            } catch (IOException broken) {
                throw new UncheckedIOException(broken);
            }
        }
    }

    /// @param folder where the files are, for those who work on them; else they are in the jar
    /// @param base   the path below which everything lives, as `/chat`, or nothing
    public PageFiles(Optional<Path> folder, String base) {
        this.folder = folder;
        this.base = base;
    }

    /// Answers with a document, whose script looks at the address.
    public Handler document(String name) {
        return ctx -> answer(ctx, name, ASKED_AFTER);
    }

    /// The page that shows a chat to whoever has the link.
    ///
    /// @param there whether there is anything; else it is the same page with another status, which browsers must not take for this one
    public void shared(Context ctx, boolean there) {
        if (there) {
            answer(ctx, "share.html", ASKED_AFTER);
        } else {
            var file = find("share.html").orElseThrow(Refused::notFound);
            ctx.status(404).contentType(file.type).result(file.plain());
        }
    }

    /// GET /preview: the frame for HTML, SVG and diagrams of a reply, which the page hands over by a message.
    public void preview(Context ctx) {
        ctx.header("Content-Security-Policy", ALONE).header("X-Frame-Options", "SAMEORIGIN").header("X-DNS-Prefetch-Control", "off");
        answer(ctx, "preview.html", ASKED_AFTER);
    }

    /// GET /*: a file by its name.
    public void file(Context ctx) {
        answer(ctx, ctx.path().substring(1), ctx.path().startsWith("/a/") ? FOR_EVER : ASKED_AFTER);
    }

    private void answer(Context ctx, String name, String caching) {
        var file = find(name).orElseThrow(Refused::notFound);
        boolean coded = file.compressed && takesGzip(ctx);
        var tag = file.tag(coded);
        ctx.header("Cache-Control", caching).header("ETag", tag).header("Vary", "Accept-Encoding");
        if (has(ctx.header("If-None-Match"), tag)) {
            ctx.status(304);
            return;
        }
        if (coded) {
            ctx.header("Content-Encoding", "gzip");
        }
        ctx.contentType(file.type).result(coded ? file.bytes : file.plain());
    }

    private static boolean takesGzip(Context ctx) {
        var codings = ctx.header("Accept-Encoding");
        return codings != null && Arrays.stream(codings.split(",")).map(String::strip).anyMatch(GZIP.asMatchPredicate());
    }

    /// Whether the browser has this version already (RFC 9110, 13.1.2). A proxy that compresses makes tags weak.
    private static boolean has(String tags, String tag) {
        return tags != null && Arrays.stream(tags.split(",")).map(String::strip)
                .anyMatch(each -> each.equals("*") || each.equals(tag) || each.equals("W/" + tag));
    }

    /// Only what there is is kept, since there is no end to names of what there is not.
    private Optional<PageFile> find(String name) {
        if (!CHARACTERS.matcher(name).matches() || HIDDEN_OR_EMPTY.matcher(name).find()) {
            return Optional.empty();
        }
        if (folder.isPresent()) {
            return read(name);
        }
        return Optional.ofNullable(kept.computeIfAbsent(name, missing -> read(missing).orElse(null)));
    }

    private Optional<PageFile> read(String name) {
        try (var in = open(name)) {
            if (in == null) {
                return Optional.empty();
            }
            var bytes = in.readAllBytes();
            var type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
            if (type == null) {
                return Optional.empty();
            }
            var file = new PageFile(bytes, folder.isEmpty(), hash(bytes), type);
            return Optional.of(base.isEmpty() || !name.endsWith(".html") ? file : below(file));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /// A document whose addresses are below the base, which it tells its scripts.
    private PageFile below(PageFile document) {
        var html = ROOTED.matcher(new String(document.plain(), StandardCharsets.UTF_8)).replaceAll("\"" + base + "/")
                .replaceFirst("<html ", "<html data-base=\"" + base + "\" ");
        var bytes = html.getBytes(StandardCharsets.UTF_8);
        return new PageFile(bytes, false, hash(bytes), document.type);
    }

    private InputStream open(String name) throws IOException {
        if (folder.isEmpty()) {
            return PageFiles.class.getResourceAsStream("/public/" + name + ".gz");
        }
        var path = folder.get().resolve(name);
        return Files.isRegularFile(path) ? Files.newInputStream(path) : null;
    }

    /// The hash of the one script that stands in the document itself, for the Content-Security-Policy.
    public Optional<String> inlineScriptHash() {
        return find("index.html").map(file -> INLINE_SCRIPT.matcher(new String(file.plain(), StandardCharsets.UTF_8))).filter(Matcher::find)
                .map(map -> hash(map.group(1).getBytes(StandardCharsets.UTF_8)));
    }

    private static String hash(byte[] bytes) {
        return Base64.getEncoder().encodeToString(Sha256.of(bytes));
    }
}
