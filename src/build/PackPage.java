import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/// Makes of the page as it is written the page in the jar, at each build: `java PackPage.java public target/classes/public`.
///
/// Each document names its scripts and one style sheet under `/a/{version}/`, where the version is a hash of the whole page, so that
/// browsers may keep them for ever. What browsers ask for is compressed; licences are left as they are.
final class PackPage {
    private static final Pattern STYLES = Pattern.compile("(?:[ ]*<link rel=\"stylesheet\" href=\"/css/[^\"]+\">\n)+");
    private static final Pattern STYLE = Pattern.compile("href=\"/([^\"]+)\"");
    private static final Pattern FILE = Pattern.compile("\"/((?:js|vendor)/[^\"]*|[a-z-]+\\.(?:css|svg))\"");
    private static final Pattern SCRIPT = Pattern.compile("[ ]*<script type=\"module\" src=\"/([^\"]+)\">");
    private static final Pattern NAMED_MODULE = Pattern.compile("\"([^\"]+)\": \"/([^\"]+\\.js)\"");
    /// A static import, or a string after `export`: of these only what names a file counts.
    private static final Pattern IMPORT = Pattern.compile("\\b(?:import|export)\\b[^'\"`;()]*[\"']([^\"']+)[\"']");
    private static final Pattern SERVED = Pattern.compile(".*\\.(?:html|js|mjs|css|svg|png|webmanifest|woff2|txt)");

    private final Map<String, byte[]> files = new TreeMap<>();

    private PackPage(Path from) throws IOException {
        for (var file : all(from)) {
            if (Files.isRegularFile(file)) {
                files.put(from.relativize(file).toString().replace('\\', '/'), Files.readAllBytes(file));
            }
        }
    }

    public static void main(String[] folders) throws Exception {
        var to = Path.of(folders[1]);
        if (Files.exists(to)) {
            for (var old : all(to)) {
                Files.delete(old);
            }
        }
        new PackPage(Path.of(folders[0])).write(to);
    }

    /// What is in a folder, before the folder.
    private static List<Path> all(Path folder) throws IOException {
        try (var paths = Files.walk(folder)) {
            return paths.sorted(Comparator.reverseOrder()).toList();
        }
    }

    private void write(Path to) throws Exception {
        var version = version();
        for (var name : List.copyOf(files.keySet())) {
            if (name.endsWith(".html")) {
                var html = preloaded(oneStyleSheet(name.replace(".html", ".css"), text(name)));
                files.put(name, FILE.matcher(html).replaceAll("\"/a/" + version + "/$1\"").getBytes(StandardCharsets.UTF_8));
            }
        }
        for (var file : files.entrySet()) {
            boolean served = SERVED.matcher(file.getKey()).matches();
            var path = to.resolve(file.getKey() + (served ? ".gz" : ""));
            Files.createDirectories(path.getParent());
            Files.write(path, served ? compressed(file.getValue()) : file.getValue());
        }
    }

    private String version() throws NoSuchAlgorithmException {
        var digest = MessageDigest.getInstance("SHA-256");
        files.forEach((name, content) -> {
            digest.update((name + "\0" + content.length + "\0").getBytes(StandardCharsets.UTF_8));
            digest.update(content);
        });
        return HexFormat.of().formatHex(digest.digest(), 0, 8);
    }

    /// Puts the style sheets that the document names, in their order, into one.
    private String oneStyleSheet(String name, String html) {
        var links = STYLES.matcher(html);
        if (!links.find()) {
            return html;
        }
        var sheet = String.join("", STYLE.matcher(links.group()).results().map(link -> text(link.group(1))).toList());
        files.put(name, sheet.getBytes(StandardCharsets.UTF_8));
        return links.replaceFirst(Matcher.quoteReplacement("  <link rel=\"stylesheet\" href=\"/" + name + "\">\n"));
    }

    /// Names all the modules that the document's script imports, so that the browser need not find them out one after the other.
    private String preloaded(String html) {
        var script = SCRIPT.matcher(html);
        if (!script.find()) {
            return html;
        }
        var named = NAMED_MODULE.matcher(html).results().collect(Collectors.toMap(name -> name.group(1), name -> name.group(2)));
        var modules = new LinkedHashSet<String>();
        imports(script.group(1), named, modules);
        modules.remove(script.group(1));
        var links = String.join("", modules.stream().map(module -> "  <link rel=\"modulepreload\" href=\"/" + module + "\">\n").toList());
        return new StringBuilder(html).insert(script.start(), links).toString();
    }

    private void imports(String module, Map<String, String> named, Set<String> found) {
        if (files.containsKey(module) && found.add(module)) {
            for (var name : IMPORT.matcher(text(module)).results().map(each -> each.group(1)).toList()) {
                imports(named.getOrDefault(name, Path.of(module).resolveSibling(name).normalize().toString().replace('\\', '/')), named, found);
            }
        }
    }

    private String text(String name) {
        return new String(files.get(name), StandardCharsets.UTF_8);
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
