package runnel.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;

/// A real proxy with TLS in front of a server, set as docs/proxies.md says: only names, ports and files are the test's.
public final class DocumentedProxy implements AutoCloseable {
    private static final Path DOCUMENT = Path.of("docs/proxies.md");
    private static final HeldCertificate CERTIFICATE = new HeldCertificate.Builder().ecdsa256().addSubjectAlternativeName("localhost").build();
    private static final List<String> APACHE_MODULES = List.of("mpm_event", "authz_core", "env", "proxy", "proxy_http", "headers", "ssl", "http2",
            "socache_shmcb");

    private final Process process;
    private final int port;

    public enum Kind { NGINX, APACHE, HAPROXY, CADDY }

    private DocumentedProxy(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /// What whoever trusts the proxies' certificate speaks TLS with.
    public static HandshakeCertificates trusting() {
        return new HandshakeCertificates.Builder().addTrustedCertificate(CERTIFICATE.certificate()).build();
    }

    /// @param strips whether it takes the path off
    /// @param folder where it may write
    public static DocumentedProxy before(URI server, Kind kind, boolean strips, Path folder) {
        return before(server, kind, strips, folder, "", "");
    }

    /// @param line what stands in the document, and is replaced
    public static DocumentedProxy before(URI server, Kind kind, boolean strips, Path folder, String line, String replacement) {
        try {
            int port = Nginx.freePort();
            Files.createDirectories(folder);
            Files.writeString(folder.resolve("key"), CERTIFICATE.privateKeyPkcs8Pem());
            Files.writeString(folder.resolve("pem"), CERTIFICATE.certificatePem() + CERTIFICATE.privateKeyPkcs8Pem());
            if (!documented(kind, strips).contains(line)) {
                throw new AssertionError("There is no " + line + " in " + DOCUMENT);
            }
            var lines = documented(kind, strips).replace(line, replacement).replace("127.0.0.1:7070", server.getAuthority())
                    .replaceAll("[*:]*\\b443\\b", "127.0.0.1:" + port)
                    .replace("/etc/ssl/example.org.", folder + "/").replace("example.org", "localhost");
            var settings = Files.writeString(folder.resolve("settings"), around(kind, lines, port, folder));
            var builder = new ProcessBuilder(command(kind, settings, folder)).redirectErrorStream(true).redirectOutput(folder.resolve("out").toFile());
            builder.environment().putAll(Map.of("XDG_DATA_HOME", folder.toString(), "XDG_CONFIG_HOME", folder.toString()));
            var proxy = new DocumentedProxy(builder.start(), port);
            Eventually.holds(() -> proxy.listens(folder));
            return proxy;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static String documented(Kind kind, boolean strips) throws IOException {
        var name = kind.name().toLowerCase(Locale.ROOT);
        var found = Pattern.compile("```" + name + "\n(.*?)```.*?To take the path off[^`]*`([^`]+)`", Pattern.DOTALL).matcher(Files.readString(DOCUMENT));
        if (!found.find()) {
            throw new AssertionError(DOCUMENT + " has no " + name);
        }
        return strips ? stripping(kind, found.group(1), Matcher.quoteReplacement(found.group(2))) : found.group(1);
    }

    private static String stripping(Kind kind, String lines, String line) {
        return switch (kind) {
            case NGINX -> lines.replaceFirst("proxy_pass .*", line);
            case APACHE -> lines.replaceFirst("ProxyPass .*", line);
            case HAPROXY -> lines.replaceFirst("\\s*$", "\n    " + line + "\n");
            case CADDY -> lines.replaceFirst("handle .*", "$0\n" + line);
        };
    }

    /// What a system's own files have around a site's.
    private static String around(Kind kind, String lines, int port, Path folder) {
        return switch (kind) {
            case NGINX -> "daemon off;\nmaster_process off;\npid " + folder + "/pid;\nevents {}\nhttp {\naccess_log off;\n"
                    + List.of("client_body", "proxy", "fastcgi", "uwsgi", "scgi").stream()
                            .map(kept -> kept + "_temp_path " + folder + "/" + kept + ";\n").reduce("", String::concat) + lines + "}\n";
            case APACHE -> "ServerRoot " + folder + "\nDefaultRuntimeDir " + folder + "\nPidFile " + folder + "/pid\nErrorLog " + folder + "/errors\n"
                    + APACHE_MODULES.stream().map(module -> "LoadModule " + module + "_module " + modules() + "/mod_" + module + ".so\n")
                            .reduce("", String::concat) + "Mutex pthread\nUser nobody\nListen 127.0.0.1:" + port + "\n" + lines;
            case HAPROXY -> lines;
            case CADDY -> "{\nadmin off\nauto_https off\nservers {\nprotocols h1 h2\n}\n}\n" + lines.replaceFirst("localhost \\{",
                    Matcher.quoteReplacement("https://localhost:" + port + " {\nbind 127.0.0.1\ntls " + folder + "/pem " + folder + "/key\n"));
        };
    }

    private static Path modules() {
        var beside = Path.of(program("RUNNEL_APACHE", "/usr/sbin/apache2")).resolveSibling("../lib/httpd/modules");
        return Files.isDirectory(beside) ? beside : Path.of("/usr/lib/apache2/modules");
    }

    private static List<String> command(Kind kind, Path settings, Path folder) {
        return switch (kind) {
            case NGINX -> List.of(program("RUNNEL_NGINX", "nginx"), "-c", settings.toString(), "-p", folder.toString(), "-e", folder + "/errors");
            case APACHE -> List.of(program("RUNNEL_APACHE", "/usr/sbin/apache2"), "-DFOREGROUND", "-f", settings.toString());
            case HAPROXY -> List.of(program("RUNNEL_HAPROXY", "/usr/sbin/haproxy"), "-db", "-f", settings.toString());
            case CADDY -> List.of(program("RUNNEL_CADDY", "caddy"), "run", "--config", settings.toString(), "--adapter", "caddyfile");
        };
    }

    private static String program(String variable, String usual) {
        return Optional.ofNullable(System.getenv(variable)).orElse(usual);
    }

    private boolean listens(Path folder) {
        if (!process.isAlive()) {
            try {
                throw new AssertionError("The proxy did not start: " + Files.readString(folder.resolve("out")));
            } catch (IOException unreadable) {
                throw new UncheckedIOException(unreadable);
            }
        }
        try (var _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }

    /// Host and port of what people type.
    public URI site() {
        return URI.create("https://localhost:" + port);
    }

    @Override
    public void close() {
        process.destroy();
        try {
            process.waitFor(5, TimeUnit.SECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
