package runnel.bench;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// nginx in front of the model, set to pass on every byte at once.
final class NginxProcess implements AutoCloseable {
    private static final int MAX_TRIES = 250;
    private static final String CONFIGURATION = """
            worker_processes 1;
            daemon off;
            pid %1$s/nginx.pid;
            error_log %1$s/nginx.log;
            worker_rlimit_nofile 20000;
            events { worker_connections 20000; }
            http {
              access_log off;
              client_body_temp_path %1$s/body;
              proxy_temp_path %1$s/proxy;
              fastcgi_temp_path %1$s/fastcgi;
              uwsgi_temp_path %1$s/uwsgi;
              scgi_temp_path %1$s/scgi;
              keepalive_requests 1000000;
              upstream model { server %2$s; keepalive 64; }
              server {
                listen 127.0.0.1:%4$s
                location / {
                  proxy_pass %3$s://model;
                  proxy_http_version 1.1;
                  proxy_set_header Connection "";
                  proxy_buffering off;
                  proxy_read_timeout 600s;
                }
              }
            }
            """;
    private static final String TLS = """
            %d ssl http2 backlog=4096;
                ssl_certificate %s;
                ssl_certificate_key %s;
                ssl_session_cache shared:SSL:10m;
                http2_max_concurrent_streams 20000;""";

    private final Process process;
    private final URI url;

    private NginxProcess(Process process, URI url) {
        this.process = process;
        this.url = url;
    }

    /// A relay that speaks HTTP/1.1: the least that a relay of its kind can cost.
    static NginxProcess relay(Path folder, URI model) throws IOException, InterruptedException {
        int port = freePort();
        return start(folder, model, port + " backlog=4096;", URI.create("http://127.0.0.1:" + port));
    }

    /// A server that speaks TLS and HTTP/2 for the model.
    static NginxProcess tls(Path folder, URI model, TrustedCertificate certificate) throws IOException, InterruptedException {
        int port = freePort();
        return start(folder, model, TLS.formatted(port, certificate.chain(), certificate.key()), URI.create("https://127.0.0.1:" + port));
    }

    private static NginxProcess start(Path parent, URI model, String listen, URI url) throws IOException, InterruptedException {
        var program = program().orElseThrow(() -> new BenchException("nginx is not on PATH."));
        var folder = Files.createTempDirectory(parent, "nginx");
        var file = Files.writeString(folder.resolve("nginx.conf"),
                CONFIGURATION.formatted(folder, model.getAuthority(), model.getScheme(), listen));
        var process = new ProcessBuilder(program.toString(), "-p", folder.toString(), "-e", folder.resolve("nginx.log").toString(),
                "-c", file.toString())
                .redirectErrorStream(true).redirectOutput(folder.resolve("nginx.out").toFile()).start();
        for (int tries = 0; !answers(url); tries++) {
            if (tries == MAX_TRIES || !process.isAlive()) {
                process.destroyForcibly();
                throw new BenchException("nginx does not start:\n" + Files.readString(folder.resolve("nginx.out")).strip());
            }
            Thread.sleep(20);
        }
        return new NginxProcess(process, url);
    }

    private static Optional<Path> program() {
        var path = System.getenv().getOrDefault("PATH", "").split(File.pathSeparator);
        return Stream.concat(Arrays.stream(path), Stream.of("/usr/sbin", "/usr/local/sbin", "/opt/homebrew/bin"))
                .map(folder -> Path.of(folder, "nginx")).filter(Files::isExecutable).findFirst();
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static boolean answers(URI url) {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), url.getPort()), 200);
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }

    URI url() {
        return url;
    }

    long pid() {
        return process.pid();
    }

    /// Its files can be deleted then: until its end it takes some of them away itself.
    @Override
    public void close() {
        process.destroy();
        process.onExit().completeOnTimeout(process, 10, TimeUnit.SECONDS).join();
    }
}
