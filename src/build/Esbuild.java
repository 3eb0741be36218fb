import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/// Puts esbuild into a folder, before each build: `java Esbuild.java target/page`.
///
/// It is npm's package for this system, which is fetched once, from the registry that `npm_config_registry` names, and kept in the
/// user's cache folder. What has another checksum than the one that is written here is not run. Where it cannot be had the build
/// says so and goes on.
final class Esbuild {
    private static final String VERSION = "0.28.2";
    private static final Map<String, String> SHA_512 = Map.of(
            "linux-x64", "4xTZr1FUmSoQW4XIWmit3tzQrUTZM+N3P0XV8xROKYF50XfI7xeO90+1bZvNwxIufQ9hDQVRJH5YhgPVF8A/HQ==",
            "linux-arm64", "pW4AC0P3it8c7do9MVM4p51FzHzdM/TZrerurgRcHJ2WTa1VQ1CIq18xncfpBJw4ojkiZZrKW2yIBWBP92j6Ug==",
            "darwin-x64", "uq6suIWYP37qzGddBKPw5QEQPi6HiLGsO7UmkpfyaYNQ3D+rN6w6WfwH+nuqcGXWvawGwxOEroO4YGnFh95azw==",
            "darwin-arm64", "n4KqkOQrraxHJcgjM1RvwbigfQKIKJVpM7xp+KsxiyUSrRdIXnt73VhrPAx0fV44hgfmIVKjxMN9J1t5jySVkw==",
            "win32-x64", "5ebpxr3nWMzrL/rnUI755Jkuee0bHL/Gq0WTF9lvcpv73wAp5eu8MfBUgWK9bhWvZjj7yX8etf/8tI8Ney695g==");
    private static final Pattern PROGRAM = Pattern.compile("package/(?:bin/esbuild|esbuild\\.exe)");
    private static final int BLOCK = 512;

    public static void main(String[] folder) throws InterruptedException, IOException {
        var program = Files.createDirectories(Path.of(folder[0])).resolve("esbuild.exe");
        try {
            Files.write(program, unpacked(tarball()));
            if (!program.toFile().setExecutable(true) || new ProcessBuilder(program.toString(), "--version").start().waitFor() != 0) {
                throw new IOException("it does not run here");
            }
        } catch (IOException missing) {
            Files.deleteIfExists(program);
            System.err.println("The page is packed as it is written and will load slowly, since esbuild is not to be had: " + missing);
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
        var known = Files.exists(kept) ? Files.readAllBytes(kept) : new byte[0];
        if (isRight(known)) {
            return known;
        }
        var fetched = download(platform() + "/-/" + name);
        if (!isRight(fetched)) {
            throw new IOException("its package is not the one that was chosen");
        }
        try {
            Files.createDirectories(kept.getParent());
            Files.write(kept, fetched);
        } catch (IOException unwritable) {
            System.err.println("esbuild is not kept for the next build: " + unwritable);
        }
        return fetched;
    }

    private static byte[] download(String path) throws IOException, InterruptedException {
        var registry = Optional.ofNullable(System.getenv("npm_config_registry")).orElse("https://registry.npmjs.org/");
        var http = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).followRedirects(HttpClient.Redirect.NORMAL).build();
        var address = URI.create(registry.replaceFirst("/*$", "/") + "@esbuild/" + path);
        var answer = http.send(HttpRequest.newBuilder(address).timeout(Duration.ofMinutes(2)).build(), BodyHandlers.ofByteArray());
        if (answer.statusCode() != 200) {
            throw new IOException(address + " answers " + answer.statusCode());
        }
        return answer.body();
    }

    private static boolean isRight(byte[] tarball) {
        try {
            var sum = MessageDigest.getInstance("SHA-512").digest(tarball);
            return Base64.getEncoder().encodeToString(sum).equals(SHA_512.get(platform()));
        } catch (NoSuchAlgorithmException impossible) {
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
