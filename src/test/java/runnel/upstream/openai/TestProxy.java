package runnel.upstream.openai;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// A proxy as companies have one: it tunnels what comes by CONNECT, forwards requests with a whole URL, and may want a login.
final class TestProxy implements AutoCloseable {
    private final ServerSocket listener;
    private final String login;
    private final List<List<String>> heads = new CopyOnWriteArrayList<>();

    /// @param login the value of `Proxy-Authorization` that it wants; empty where it wants none
    TestProxy(String login) throws IOException {
        this.login = login;
        listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.startVirtualThread(this::accept);
    }

    String address() {
        return "127.0.0.1:" + listener.getLocalPort();
    }

    /// The first lines of all requests that came.
    List<String> requests() {
        return heads.stream().map(List::getFirst).toList();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listener.accept();
                Thread.startVirtualThread(() -> serve(client));
            }
        } catch (IOException closed) {
            // The test is over.
        }
    }

    private void serve(Socket client) {
        try (client) {
            var head = head(client.getInputStream());
            heads.add(head);
            if (!login.isEmpty() && !head.contains("Proxy-Authorization: " + login)) {
                client.getOutputStream().write(ascii("HTTP/1.1 407 Who\r\nProxy-Authenticate: Basic realm=x\r\nContent-Length: 0\r\n\r\n"));
                return;
            }
            String[] first = head.getFirst().split(" ");
            if (first[0].equals("CONNECT")) {
                client.getOutputStream().write(ascii("HTTP/1.1 200 Go\r\n\r\n"));
                pump(client, Integer.parseInt(first[1].replaceFirst(".*:", "")), "");
            } else {
                var url = URI.create(first[1]);
                var rest = head.stream().skip(1).filter(line -> !line.startsWith("Proxy-")).toList();
                pump(client, url.getPort(),
                        first[0] + " " + url.getRawPath() + " HTTP/1.1\r\n" + String.join("\r\n", rest) + "\r\n\r\n");
            }
        } catch (IOException gone) {
            // One of the two has hung up.
        }
    }

    /// All names lead to this machine, as a proxy has a name server of its own.
    private static void pump(Socket client, int port, String begin) throws IOException {
        try (var server = new Socket(InetAddress.getLoopbackAddress(), port)) {
            server.getOutputStream().write(ascii(begin));
            Thread.startVirtualThread(() -> copy(client, server));
            server.getInputStream().transferTo(client.getOutputStream());
        }
    }

    private static void copy(Socket from, Socket to) {
        try (OutputStream out = to.getOutputStream()) {
            from.getInputStream().transferTo(out);
        } catch (IOException gone) {
            // As above.
        }
    }

    private static List<String> head(InputStream in) throws IOException {
        var text = new StringBuilder();
        while (text.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("half a head");
            }
            text.append((char) next);
        }
        return new ArrayList<>(List.of(text.toString().strip().split("\r\n")));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
