package runnel.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/// A real nginx before a server. What stands in its `location` is the test's.
public final class Nginx implements AutoCloseable {
    /// As it should be set.
    public static final String GOOD = """
            proxy_http_version 1.1;
            proxy_buffering off;
            client_max_body_size 0;
            proxy_set_header Host $http_host;
            proxy_set_header Upgrade $http_upgrade;
            proxy_set_header Connection "upgrade";
            """;
    /// As it often is: it speaks HTTP/1.0 to the server, gathers the answer though the server asks it not to, and knows no
    /// WebSockets. (Chunks of HTTP/1.1 it passes on as they come, whatever it is told of buffering.)
    public static final String BUFFERING = """
            proxy_http_version 1.0;
            proxy_buffering on;
            client_max_body_size 0;
            proxy_ignore_headers X-Accel-Buffering;
            proxy_set_header Host $http_host;
            """;

    private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();

    private final Process process;
    private final int port;

    private Nginx(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /// @param folder where it may write
    public static Nginx before(URI server, String location, Path folder) {
        return before(server, location, location, folder);
    }

    /// @param sockets the lines for WebSockets, where they are others
    public static Nginx before(URI server, String location, String sockets, Path folder) {
        try {
            int port = freePort();
            Files.createDirectories(folder);
            Path settings = Files.writeString(folder.resolve("nginx.conf"), settings(server, location, sockets, port, folder));
            var command = Optional.ofNullable(System.getenv("RUNNEL_NGINX")).orElse("nginx");
            var process = new ProcessBuilder(command, "-c", settings.toString(), "-p", folder.toString(), "-e", folder.resolve("errors").toString())
                    .redirectErrorStream(true).redirectOutput(folder.resolve("out").toFile()).start();
            var nginx = new Nginx(process, port);
            Eventually.holds(nginx::listens);
            return nginx;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static String settings(URI server, String location, String sockets, int port, Path folder) {
        return """
                daemon off;
                master_process off;
                pid %1$s/pid;
                events {}
                http {
                    access_log off;
                    client_body_temp_path %1$s/body;
                    proxy_temp_path %1$s/proxy;
                    fastcgi_temp_path %1$s/fastcgi;
                    uwsgi_temp_path %1$s/uwsgi;
                    scgi_temp_path %1$s/scgi;
                    server {
                        listen 127.0.0.1:%2$d;
                        location / {
                            proxy_pass %3$s;
                            %4$s
                        }
                        location ~ ^/api/(ws/|events/ws|inspect/socket) {
                            proxy_pass %3$s;
                            %5$s
                        }
                    }
                }
                """.formatted(folder, port, server, location, sockets);
    }

    /// A port that nobody has, and that none of those that start at the same time gets as well.
    static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return GIVEN.add(socket.getLocalPort()) ? socket.getLocalPort() : freePort();
        }
    }

    private boolean listens() {
        if (!process.isAlive()) {
            throw new AssertionError("nginx did not start");
        }
        try (var _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }

    public URI site() {
        return URI.create("http://127.0.0.1:" + port);
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
