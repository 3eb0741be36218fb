package runnel.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// nginx between the client and the model, set to pass on every byte at once: the least that a relay of its kind can cost.
final class NginxProcess implements AutoCloseable {
    private static final int MOST_TRIES = 100;
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
              upstream model { server %2$s; keepalive 64; }
              server {
                listen 127.0.0.1:%3$d backlog=4096;
                location / {
                  proxy_pass http://model;
                  proxy_http_version 1.1;
                  proxy_set_header Connection "";
                  proxy_buffering off;
                  proxy_read_timeout 600s;
                }
              }
            }
            """;

    private final Process process;
    private final InetSocketAddress address;

    private NginxProcess(Process process, InetSocketAddress address) {
        this.process = process;
        this.address = address;
    }

    static NginxProcess start(Path folder, InetSocketAddress model) throws IOException, InterruptedException {
        var program = program().orElseThrow(() -> new BenchException(1, "--nginx: nginx is not on PATH."));
        var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), freePort());
        var file = folder.resolve("nginx.conf");
        Files.writeString(file, CONFIGURATION.formatted(folder, model.getHostString() + ":" + model.getPort(), address.getPort()));
        var process = new ProcessBuilder(program.toString(), "-p", folder.toString(), "-e", folder.resolve("nginx.log").toString(),
                "-c", file.toString())
                .redirectErrorStream(true).redirectOutput(folder.resolve("nginx.out").toFile()).start();
        for (int tries = 0; !answers(address); tries++) {
            if (tries == MOST_TRIES || !process.isAlive()) {
                process.destroyForcibly();
                throw new BenchException(1, "nginx does not start:\n" + Files.readString(folder.resolve("nginx.out")).strip());
            }
            Thread.sleep(20);
        }
        return new NginxProcess(process, address);
    }

    private static Optional<Path> program() {
        var path = System.getenv().getOrDefault("PATH", "").split(java.io.File.pathSeparator);
        return Stream.concat(Arrays.stream(path), List.of("/usr/sbin", "/usr/local/sbin", "/opt/homebrew/bin").stream())
                .map(folder -> Path.of(folder, "nginx")).filter(Files::isExecutable).findFirst();
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static boolean answers(InetSocketAddress address) {
        try (var socket = new Socket()) {
            socket.connect(address, 200);
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }

    InetSocketAddress address() {
        return address;
    }

    long pid() {
        return process.pid();
    }

    @Override
    public void close() {
        process.destroy();
    }
}
