import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.Deflater;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/// Makes of the page as it is written the page in the jar, at each build: `java PackPage.java public target/classes/public target/page`.
///
/// esbuild makes one script and one style sheet of those that a document names, under `/a/` and with a hash of the contents in their
/// names, so that browsers may keep them for ever. Where it cannot be had, the page is packed as it is written, which works as well
/// and loads slowly. What browsers ask for is compressed; licences are left as they are.
final class PackPage {
    private static final Pattern STYLES = Pattern.compile("(?:[ ]*<link rel=\"stylesheet\" href=\"/[^\"]+\">\n)+");
    private static final Pattern STYLE = Pattern.compile("href=\"/([^\"]+)\"");
    private static final Pattern IMPORT_MAP = Pattern.compile("[ ]*<script type=\"importmap\">.*?</script>\n", Pattern.DOTALL);
    private static final Pattern NAMED_MODULE = Pattern.compile("\"([^\"]+?)/?\": \"/([^\"]+?)/?\"");
    private static final Pattern FILE = Pattern.compile("\"/((?:js/)?[a-z/-]+\\.(?:css|js|svg))\"");
    private static final Pattern CLASSIC_SCRIPT = Pattern.compile("<script src=\"/([^\"]+)\"></script>");
    private static final Pattern STATIC_IMPORT = Pattern.compile("(?:from|import)\"\\./([^\"]+)\"");
    private static final Pattern SERVED = Pattern.compile(".*\\.(?:html|js|css|svg|png|webmanifest|woff2)");
    private static final Pattern BUNDLED = Pattern.compile("(?:css|js|vendor)/.*\\.(?:js|mjs|css|woff2)");

    private final Path from;
    private final Path to;
    private final Path work;

    private PackPage(Path from, Path to, Path work) {
        this.from = from;
        this.to = to;
        this.work = work;
    }

    public static void main(String[] folders) throws Exception {
        var page = new PackPage(Path.of(folders[0]), Path.of(folders[1]), Path.of(folders[2]));
        if (Files.exists(page.to)) {
            for (var old : all(page.to)) {
                Files.delete(old);
            }
        }
        page.pack();
    }

    /// What is in a folder, before the folder.
    private static List<Path> all(Path folder) throws IOException {
        try (var paths = Files.walk(folder)) {
            return paths.sorted(Comparator.reverseOrder()).toList();
        }
    }

    private void pack() throws IOException, InterruptedException {
        Files.createDirectories(work);
        var program = Esbuild.fetched(work);
        for (var file : all(from)) {
            var name = from.relativize(file).toString().replace('\\', '/');
            if (Files.isRegularFile(file) && (program.isEmpty() || !BUNDLED.matcher(name).matches())) {
                boolean bundled = program.isPresent() && name.endsWith(".html");
                write(name, bundled ? bundled(program.get(), name, Files.readString(file)).getBytes(StandardCharsets.UTF_8) : Files.readAllBytes(file));
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
    private String bundled(Path program, String document, String written) throws IOException, InterruptedException {
        var name = document.replace(".html", "");
        var html = IMPORT_MAP.matcher(oneStyleSheet(name, written)).replaceFirst("");
        var sources = new LinkedHashSet<>(FILE.matcher(html).results().map(file -> file.group(1)).toList());
        var out = work.resolve("a").resolve(name);
        var command = new ArrayList<>(List.of(program.toString(), "--bundle", "--splitting", "--format=esm", "--minify", "--legal-comments=none",
                "--log-level=warning", "--loader:.svg=copy", "--loader:.woff2=file", "--entry-names=[name]-[hash]", "--chunk-names=[name]-[hash]",
                "--asset-names=[name]-[hash]", "--outdir=" + out));
        NAMED_MODULE.matcher(written).results()
                .forEach(module -> command.add("--alias:" + module.group(1) + "=" + from.toAbsolutePath().resolve(module.group(2))));
        sources.forEach(source -> command.add(entry(source)));
        run(command);
        for (var file : all(out)) {
            if (Files.isRegularFile(file)) {
                write("a/" + name + "/" + file.getFileName(), Files.readAllBytes(file));
            }
        }
        return named(html, name, out);
    }

    private String oneStyleSheet(String name, String html) throws IOException {
        var links = STYLES.matcher(html);
        if (!links.find()) {
            return html;
        }
        Files.writeString(work.resolve(name + ".css"), String.join("", STYLE.matcher(links.group()).results()
                .map(link -> "@import \"" + from.toAbsolutePath().resolve(link.group(1)).toString().replace('\\', '/') + "\";\n").toList()));
        return links.replaceFirst(Matcher.quoteReplacement("  <link rel=\"stylesheet\" href=\"/" + name + ".css\">\n"));
    }

    private String entry(String source) {
        var written = from.resolve(source);
        var file = Files.exists(written) ? written : work.resolve(source);
        return stem(source) + "=" + file.toAbsolutePath();
    }

    /// Empties its folder first, since each build leaves files of other names there.
    private void run(List<String> command) throws IOException, InterruptedException {
        var out = work.resolve("a");
        for (var old : Files.exists(out) ? all(out) : List.<Path>of()) {
            Files.delete(old);
        }
        if (new ProcessBuilder(command).inheritIO().start().waitFor() != 0) {
            throw new IllegalStateException("esbuild does not understand the page, see above");
        }
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
            var bundle = all(out).stream().map(file -> file.getFileName().toString()).filter(name.asMatchPredicate()).findFirst().orElseThrow();
            files.appendReplacement(named, "\"/a/" + folder + "/" + bundle + "\"");
            if (bundle.endsWith(".js")) {
                var imports = STATIC_IMPORT.matcher(Files.readString(out.resolve(bundle))).results()
                        .map(each -> "<link rel=\"modulepreload\" href=\"/a/" + folder + "/" + each.group(1) + "\">\n  ").distinct().toList();
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

    /// The program, from npm: its package is fetched once, and kept. What has another checksum than the one written here is not run.
    private static final class Esbuild {
        private static final String VERSION = "0.28.2";
        private static final Map<String, String> SHA_512 = Map.of(
                "linux-x64", "4xTZr1FUmSoQW4XIWmit3tzQrUTZM+N3P0XV8xROKYF50XfI7xeO90+1bZvNwxIufQ9hDQVRJH5YhgPVF8A/HQ==",
                "linux-arm64", "pW4AC0P3it8c7do9MVM4p51FzHzdM/TZrerurgRcHJ2WTa1VQ1CIq18xncfpBJw4ojkiZZrKW2yIBWBP92j6Ug==",
                "darwin-x64", "uq6suIWYP37qzGddBKPw5QEQPi6HiLGsO7UmkpfyaYNQ3D+rN6w6WfwH+nuqcGXWvawGwxOEroO4YGnFh95azw==",
                "darwin-arm64", "n4KqkOQrraxHJcgjM1RvwbigfQKIKJVpM7xp+KsxiyUSrRdIXnt73VhrPAx0fV44hgfmIVKjxMN9J1t5jySVkw==",
                "win32-x64", "5ebpxr3nWMzrL/rnUI755Jkuee0bHL/Gq0WTF9lvcpv73wAp5eu8MfBUgWK9bhWvZjj7yX8etf/8tI8Ney695g==");
        private static final Pattern PROGRAM = Pattern.compile("package/(?:bin/esbuild|esbuild\\.exe)");
        private static final int BLOCK = 512;

        /// Empty where it cannot be had, which the build tells and goes on.
        static Optional<Path> fetched(Path work) throws InterruptedException {
            try {
                var program = work.resolve("esbuild.exe");
                Files.write(program, unpacked(tarball()));
                if (!program.toFile().setExecutable(true) || new ProcessBuilder(program.toString(), "--version").start().waitFor() != 0) {
                    throw new IOException("it does not run here");
                }
                return Optional.of(program);
            } catch (IOException missing) {
                System.err.println("The page is packed as it is written and will load slowly, since esbuild is not to be had: " + missing);
                return Optional.empty();
            }
        }

        private static String platform() {
            var system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
            var machine = System.getProperty("os.arch");
            return (system.contains("mac") ? "darwin" : system.contains("windows") ? "win32" : system) + "-"
                    + ("aarch64".equals(machine) ? "arm64" : "x64");
        }

        private static byte[] tarball() throws IOException, InterruptedException {
            var name = platform() + "-" + VERSION + ".tgz";
            var caches = Optional.ofNullable(System.getenv("XDG_CACHE_HOME")).map(Path::of)
                    .orElse(Path.of(System.getProperty("user.home"), ".cache"));
            var kept = caches.resolve("runnel").resolve("esbuild-" + name);
            if (Files.exists(kept) && isRight(Files.readAllBytes(kept))) {
                return Files.readAllBytes(kept);
            }
            var fetched = download(platform() + "/-/" + name);
            if (!isRight(fetched)) {
                throw new IOException("its package is not the one that was chosen");
            }
            keep(kept, fetched);
            return fetched;
        }

        private static void keep(Path kept, byte[] fetched) {
            try {
                Files.createDirectories(kept.getParent());
                var begun = Files.createTempFile(kept.getParent(), "esbuild", ".begun");
                Files.write(begun, fetched);
                Files.move(begun, kept, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
            } catch (IOException unwritable) {
                System.err.println("esbuild is not kept for the next build: " + unwritable);
            }
        }

        private static byte[] download(String path) throws IOException, InterruptedException {
            var registry = Optional.ofNullable(System.getenv("npm_config_registry")).orElse("https://registry.npmjs.org/");
            var http = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).followRedirects(HttpClient.Redirect.NORMAL)
                    .proxy(ProxySelector.getDefault()).build();
            var address = URI.create(registry.replaceFirst("/*$", "/") + "@esbuild/" + path);
            var answer = http.send(HttpRequest.newBuilder(address).timeout(Duration.ofMinutes(2)).build(), BodyHandlers.ofByteArray());
            if (answer.statusCode() != 200) {
                throw new IOException(address + " answers " + answer.statusCode());
            }
            return answer.body();
        }

        private static boolean isRight(byte[] tarball) {
            try {
                var sum = Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-512").digest(tarball));
                return Objects.equals(sum, SHA_512.get(platform()));
            } catch (java.security.NoSuchAlgorithmException impossible) {
                throw new IllegalStateException(impossible);
            }
        }

        /// A tar file is a header of one block for each file, with its name and its length in octal, and its contents in whole blocks.
        private static byte[] unpacked(byte[] tarball) throws IOException {
            try (var tar = new DataInputStream(new GZIPInputStream(new ByteArrayInputStream(tarball)))) {
                while (true) {
                    var header = new byte[BLOCK];
                    tar.readFully(header);
                    var name = new String(Arrays.copyOf(header, 100), StandardCharsets.US_ASCII).replaceFirst("\0.*", "");
                    int length = Integer.parseInt(new String(header, 124, 11, StandardCharsets.US_ASCII).strip(), 8);
                    var content = tar.readNBytes(length);
                    if (PROGRAM.matcher(name).matches()) {
                        return content;
                    }
                    tar.skipNBytes(-length & (BLOCK - 1));
                }
            }
        }
    }
}
