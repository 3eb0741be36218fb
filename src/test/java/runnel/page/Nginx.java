package runnel.page;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import runnel.faults.Eventually;

/// A real nginx in front of a server.
final class Nginx implements AutoCloseable {
    private static final String PROGRAM = Optional.ofNullable(System.getenv("RUNNEL_NGINX")).orElse("/usr/sbin/nginx");
    private static final String CONFIGURATION = """
            daemon off;
            worker_processes 1;
            pid FOLDER/pid;
            error_log FOLDER/errors.txt warn;
            events {}
            http {
              access_log off;
              client_body_temp_path FOLDER/body;
              proxy_temp_path FOLDER/proxy;
              fastcgi_temp_path FOLDER/fastcgi;
              uwsgi_temp_path FOLDER/uwsgi;
              scgi_temp_path FOLDER/scgi;
              map $http_upgrade $wanted { default upgrade; '' ''; }
              server {
                listen 127.0.0.1:PORT;
                location / {
                  proxy_pass http://127.0.0.1:SERVER;
                  proxy_set_header Host $http_host;
                  SETTINGS
                }
                location /api/ws/ {
                  proxy_pass http://127.0.0.1:SERVER;
                  proxy_set_header Host $http_host;
                  proxy_http_version 1.1;
                  UPGRADE
                }
              }
            }
            """;
    static final String PASSES_UPGRADE = "proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection $wanted;";
    static final String STRIPS_UPGRADE = "proxy_set_header Upgrade ''; proxy_set_header Connection '';";
    /// As nginx does by itself where nobody says otherwise: HTTP/1.0 to the server, whose answers it then gathers. (Chunks of
    /// HTTP/1.1 it passes on as they come, whatever it is told of buffering.)
    static final String BUFFERS = "proxy_http_version 1.0; proxy_buffering on; proxy_ignore_headers X-Accel-Buffering;";
    static final String COMPRESSES = "proxy_http_version 1.1; gzip on; gzip_proxied any; gzip_types *; gzip_min_length 0;";
    static final String PASSES_ON = "proxy_http_version 1.1;";

    private final Process process;
    private final int port;

    private Nginx(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /// Starts it, and waits until it answers.
    ///
    /// @param settings lines of nginx's own for everything but WebSockets
    /// @param upgrade  such lines for WebSockets
    static Nginx before(int server, Path folder, String settings, String upgrade) {
        try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Files.createDirectories(folder);
            var file = folder.resolve("nginx.conf");
            int port = free.getLocalPort();
            Files.writeString(file, CONFIGURATION.replace("FOLDER", folder.toString()).replace("PORT", Integer.toString(port))
                    .replace("SERVER", Integer.toString(server)).replace("SETTINGS", settings).replace("UPGRADE", upgrade));
            free.close();
            var process = new ProcessBuilder(PROGRAM, "-p", folder.toString(), "-c", file.toString(), "-g", rights())
                    .redirectErrorStream(true).redirectOutput(folder.resolve("output.txt").toFile()).start();
            Eventually.holds(() -> listens(port));
            return new Nginx(process, port);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /// Workers of a root's nginx would not be let into the folder.
    private static String rights() {
        return System.getProperty("user.name").equals("root") ? "user root;" : "";
    }

    private static boolean listens(int port) {
        try (var _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }

    int port() {
        return port;
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
    }
}
