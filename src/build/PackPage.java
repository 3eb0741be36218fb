import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/// Makes of the page as it is written the page in the jar, at each build: `java PackPage.java public target/classes/public target/page`.
///
/// esbuild makes one script and one style sheet of those that a document names, under `/a/` and with a hash of the contents in their
/// names, so that browsers may keep them for ever. Where there is none (see Esbuild.java), the page is packed as it is written, which
/// works as well and loads slowly. What browsers ask for is compressed; licences are left as they are.
final class PackPage {
    private static final Pattern STYLES = Pattern.compile("(?:[ ]*<link rel=\"stylesheet\" href=\"/[^\"]+\">\n)+");
    private static final Pattern STYLE = Pattern.compile("href=\"/([^\"]+)\"");
    private static final Pattern IMPORT_MAP = Pattern.compile("[ ]*<script type=\"importmap\">.*?</script>\n", Pattern.DOTALL);
    private static final Pattern NAMED_MODULE = Pattern.compile("\"([^\"]+?)/?\": \"/([^\"]+?)/?\"");
    private static final Pattern FILE = Pattern.compile("\"/((?:js/)?[a-z/-]+\\.(?:css|js|svg))\"");
    private static final Pattern CLASSIC_SCRIPT = Pattern.compile("<script src=\"/([^\"]+)\"></script>");
    private static final Pattern STATIC_IMPORT = Pattern.compile("(?:from|import)\"\\./([^\"]+)\"");
    private static final Pattern SERVED = Pattern.compile(".*\\.(?:html|js|json|css|svg|png|webmanifest|woff2)");
    private static final Pattern BUNDLED = Pattern.compile("(?:css|js|languages|vendor(?!/mermaid))/.*\\.(?:js|json|mjs|css|woff2)");

    private static final Pattern TABLE = Pattern.compile("\"/languages/([a-z]+)\\.json\"");

    /// What Esbuild.java leaves there.
    private static final String PROGRAM = "esbuild.exe";
    private static final List<String> OPTIONS = List.of("esbuild", "--bundle", "--splitting", "--format=esm", "--minify",
            "--legal-comments=none", "--log-level=warning", "--loader:.svg=copy", "--loader:.woff2=file",
            "--entry-names=[name]-[hash]", "--chunk-names=[name]-[hash]", "--asset-names=[name]-[hash]");

    private final Path from;
    private final Path to;
    private final Path work;

    private PackPage(Path from, Path to, Path work) {
        this.from = from;
        this.to = to;
        this.work = work;
    }

    public static void main(String[] folders) throws Exception {
        new PackPage(Path.of(folders[0]), Path.of(folders[1]), Path.of(folders[2])).pack();
    }

    /// What is in a folder, before the folder.
    private static List<Path> all(Path folder) throws IOException {
        try (var paths = Files.walk(folder)) {
            return paths.sorted(Comparator.reverseOrder()).toList();
        }
    }

    /// Each build leaves files of other names.
    private static void empty(Path folder) throws IOException {
        for (var old : Files.exists(folder) ? all(folder) : List.<Path>of()) {
            Files.delete(old);
        }
    }

    private void pack() throws IOException, InterruptedException {
        empty(to);
        empty(work.resolve("a"));
        var program = Optional.of(work.resolve(PROGRAM)).filter(Files::exists);
        for (var file : all(from)) {
            var name = from.relativize(file).toString().replace('\\', '/');
            if (Files.isRegularFile(file) && (program.isEmpty() || !BUNDLED.matcher(name).matches())) {
                boolean bundled = program.isPresent() && name.endsWith(".html");
                write(name, bundled ? bundled(program.get(), name, Files.readString(file)) : Files.readAllBytes(file));
            }
        }
    }

    private void write(String name, byte[] content) throws IOException {
        boolean served = SERVED.matcher(name).matches();
        var path = to.resolve(name + (served ? ".gz" : ""));
        Files.createDirectories(path.getParent());
        Files.write(path, served ? compressed(content) : content);
    }

    /// Bundles what a document names, and names the bundles in its place.
    private byte[] bundled(Path program, String document, String written) throws IOException, InterruptedException {
        var name = document.replace(".html", "");
        var html = IMPORT_MAP.matcher(oneStyleSheet(name, withTables(written))).replaceFirst("");
        var sources = new LinkedHashSet<>(FILE.matcher(html).results().map(file -> file.group(1)).toList());
        if (sources.isEmpty()) {
            return html.getBytes(StandardCharsets.UTF_8);
        }
        var out = work.resolve("a").resolve(name);
        var command = new ArrayList<>(OPTIONS);
        command.set(0, program.toString());
        command.add("--outdir=" + out);
        NAMED_MODULE.matcher(written).results()
                .forEach(module -> command.add("--alias:" + module.group(1) + "=" + from.toAbsolutePath().resolve(module.group(2))));
        sources.forEach(source -> command.add(entry(source)));
        if (new ProcessBuilder(command).inheritIO().start().waitFor() != 0) {
            throw new IllegalStateException("esbuild does not understand the page, see above");
        }
        for (var file : all(out)) {
            if (Files.isRegularFile(file)) {
                write("a/" + name + "/" + file.getFileName(), Files.readAllBytes(file));
            }
        }
        return named(html, name, out).getBytes(StandardCharsets.UTF_8);
    }

    /// All documents name the same tables of texts.
    private String withTables(String html) throws IOException {
        var named = new StringBuilder();
        var tables = TABLE.matcher(html);
        while (tables.find()) {
            var content = Files.readAllBytes(from.resolve("languages").resolve(tables.group(1) + ".json"));
            var name = "a/languages/" + tables.group(1) + "-" + hash(content) + ".json";
            write(name, content);
            tables.appendReplacement(named, "\"/" + name + "\"");
        }
        return tables.appendTail(named).toString();
    }

    /// As long as those of esbuild.
    private static String hash(byte[] content) {
        try {
            return HexFormat.of().withUpperCase().formatHex(MessageDigest.getInstance("SHA-256").digest(content), 0, 4);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private String oneStyleSheet(String name, String html) throws IOException {
        var links = STYLES.matcher(html);
        if (!links.find()) {
            return html;
        }
        var sheets = STYLE.matcher(links.group()).results().map(link -> from.toAbsolutePath().resolve(link.group(1)).toString());
        Files.writeString(work.resolve(name + ".css"),
                String.join("", sheets.map(sheet -> "@import \"" + sheet.replace('\\', '/') + "\";\n").toList()));
        return links.replaceFirst(Matcher.quoteReplacement("  <link rel=\"stylesheet\" href=\"/" + name + ".css\">\n"));
    }

    private String entry(String source) {
        var written = from.resolve(source);
        var file = Files.exists(written) ? written : work.resolve(source);
        return stem(source) + "=" + file.toAbsolutePath();
    }

    private static String stem(String source) {
        return source.substring(source.lastIndexOf('/') + 1, source.lastIndexOf('.'));
    }

    /// Each file by its new name; and what a script imports at once before it, so that the browser need not find that out.
    private String named(String html, String folder, Path out) throws IOException {
        var named = new StringBuilder();
        var files = FILE.matcher(html);
        while (files.find()) {
            var source = files.group(1);
            var name = Pattern.compile(stem(source) + "-[A-Z0-9]{8}" + source.substring(source.lastIndexOf('.')));
            var bundle = all(out).stream().map(file -> file.getFileName().toString()).filter(name.asMatchPredicate())
                    .findFirst().orElseThrow();
            files.appendReplacement(named, "\"/a/" + folder + "/" + bundle + "\"");
            if (bundle.endsWith(".js")) {
                var imports = STATIC_IMPORT.matcher(Files.readString(out.resolve(bundle))).results()
                        .map(each -> "<link rel=\"modulepreload\" href=\"/a/" + folder + "/" + each.group(1) + "\">\n  ")
                        .distinct().toList();
                named.insert(named.lastIndexOf("<script"), String.join("", imports));
            }
        }
        return inlined(files.appendTail(named).toString());
    }

    /// What must run before anything is painted is so short that it costs less than its request.
    private String inlined(String html) throws IOException {
        var script = CLASSIC_SCRIPT.matcher(html);
        var content = script.find() ? Files.readString(work.resolve(script.group(1))).strip() : "";
        return script.replaceFirst(Matcher.quoteReplacement("<script>" + content + "</script>"));
    }

    private static byte[] compressed(byte[] content) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes) {
            {
                def.setLevel(Deflater.BEST_COMPRESSION);
            }
        }) {
            gzip.write(content);
        }
        return bytes.toByteArray();
    }
}
