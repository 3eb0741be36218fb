package runnel.upstream;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A watched socket is a socket like any other, whoever comes first and however much comes.
@Timeout(30)
class WatchedSocketTest {
    private final SocketWatch watch = new SocketWatch();
    private ServerSocket listener;
    private Socket near;
    private Socket far;

    @BeforeEach
    void connect() throws IOException {
        listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        near = connected();
        far = listener.accept();
    }

    private Socket connected() throws IOException {
        var socket = watch.createSocket();
        socket.connect(listener.getLocalSocketAddress(), 5_000);
        return socket;
    }

    @AfterEach
    void close() throws IOException {
        near.close();
        far.close();
        listener.close();
        watch.close();
    }

    private static <T> FutureTask<T> meanwhile(Callable<T> work) {
        var task = new FutureTask<>(work);
        Thread.ofVirtual().start(task);
        return task;
    }

    private static byte[] random(int length) {
        var bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    /// What a server says back of what it hears.
    private static void echo(Socket socket) throws IOException {
        socket.getInputStream().transferTo(socket.getOutputStream());
        socket.shutdownOutput();
    }

    @Test
    void many_at_once_get_back_what_they_write_by_buffers_of_any_size() throws Exception {
        var readers = new ArrayList<FutureTask<Void>>();
        for (int i = 0; i < 50; i++) {
            var socket = connected();
            var server = listener.accept();
            var text = random(1 + i * 7_919);
            readers.add(meanwhile(() -> {
                echo(server);
                return null;
            }));
            readers.add(meanwhile(() -> {
                var sizes = new Random(text.length);
                for (int at = 0; at < text.length; ) {
                    int size = Math.min(1 + sizes.nextInt(5_000), text.length - at);
                    socket.getOutputStream().write(text, at, size);
                    assertArrayEquals(Arrays.copyOfRange(text, at, at + size), readBySteps(socket, size, sizes));
                    at += size;
                }
                socket.shutdownOutput();
                assertEquals(-1, socket.getInputStream().read());
                socket.close();
                return null;
            }));
        }
        for (var reader : readers) {
            reader.get();
        }
    }

    private static byte[] readBySteps(Socket socket, int length, Random sizes) throws IOException {
        var bytes = new byte[length];
        for (int at = 0; at < length; ) {
            int read = socket.getInputStream().read(bytes, at, Math.min(1 + sizes.nextInt(700), length - at));
            assertTrue(read > 0);
            at += read;
        }
        return bytes;
    }

    @Test
    void one_who_reads_late_gets_all_that_has_come_again_and_again() throws Exception {
        for (int i = 0; i < 20; i++) {
            far.getOutputStream().write(("piece " + i).getBytes(StandardCharsets.US_ASCII));
            Thread.sleep(i % 4); // what nobody waits for is found by the watching thread now and then
            assertEquals("piece " + i, new String(near.getInputStream().readNBytes(("piece " + i).length()), StandardCharsets.US_ASCII));
        }
    }

    @Test
    void one_who_writes_waits_for_one_who_reads_slowly() throws Exception {
        var text = random(20 << 20);
        var written = meanwhile(() -> {
            near.getOutputStream().write(text);
            near.shutdownOutput();
            return null;
        });
        Thread.sleep(50);
        assertArrayEquals(text, far.getInputStream().readAllBytes());
        written.get();
    }

    @Test
    void reading_and_writing_wait_side_by_side() throws Exception {
        var text = random(10 << 20);
        var echo = meanwhile(() -> {
            echo(far);
            return null;
        });
        var read = meanwhile(() -> near.getInputStream().readAllBytes());
        near.getOutputStream().write(text);
        near.shutdownOutput();
        assertArrayEquals(text, read.get());
        echo.get();
    }

    @Test
    void a_read_whose_time_is_over_ends_and_loses_nothing() throws Exception {
        near.setSoTimeout(20);
        assertThrows(SocketTimeoutException.class, () -> near.getInputStream().read());
        far.getOutputStream().write("late".getBytes(StandardCharsets.US_ASCII));
        assertEquals("late", new String(near.getInputStream().readNBytes(4), StandardCharsets.US_ASCII));
        assertThrows(SocketTimeoutException.class, () -> near.getInputStream().read());
    }

    @Test
    void to_close_a_socket_lets_its_reader_go_and_tells_the_other_end() throws Exception {
        var reading = meanwhile(() -> assertThrows(SocketException.class, () -> near.getInputStream().read()));
        Thread.sleep(20);
        near.close();
        reading.get();
        assertEquals(-1, far.getInputStream().read());
        assertThrows(SocketException.class, () -> near.getInputStream().read());
        assertThrows(IOException.class, () -> near.getOutputStream().write(1));
    }

    @Test
    void an_interrupted_reader_is_let_go() throws Exception {
        var reading = new FutureTask<>(() -> assertThrows(SocketException.class, () -> near.getInputStream().read()));
        var reader = Thread.ofVirtual().start(reading);
        Thread.sleep(20);
        reader.interrupt();
        reading.get();
        assertTrue(near.isClosed() || far.getInputStream().read() == -1);
    }

    @Test
    void the_end_of_the_watch_lets_every_reader_go() throws Exception {
        var reading = meanwhile(() -> assertThrows(IOException.class, () -> near.getInputStream().read()));
        Thread.sleep(20);
        watch.close();
        near.close();
        reading.get();
    }

    @Test
    void a_connection_that_is_reset_fails_its_reader() throws Exception {
        var reading = meanwhile(() -> assertThrows(IOException.class, () -> near.getInputStream().read()));
        far.setSoLinger(true, 0);
        far.close();
        reading.get();
    }

    @Test
    void who_cannot_connect_is_told_as_by_any_socket() throws Exception {
        int port = listener.getLocalPort();
        listener.close();
        assertThrows(ConnectException.class, () -> watch.createSocket().connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000));
        assertThrows(UnknownHostException.class, () -> watch.createSocket().connect(InetSocketAddress.createUnresolved("nowhere.invalid", 1), 1_000));
        try (var busy = new FullBacklog()) {
            assertThrows(SocketTimeoutException.class, () -> watch.createSocket().connect(
                    new InetSocketAddress(busy.baseUrl().getHost(), busy.baseUrl().getPort()), 50));
        }
    }

    @Test
    void tls_works_over_it(@TempDir Path folder) throws Exception {
        var context = selfSigned(folder.resolve("keys.p12"));
        var secret = ((SSLSocketFactory) context.getSocketFactory()).createSocket(near, "localhost", far.getLocalPort(), true);
        var server = (SSLSocket) context.getSocketFactory().createSocket(far, null, false);
        var text = random(1 << 20);
        var echo = meanwhile(() -> {
            server.getOutputStream().write(server.getInputStream().readNBytes(text.length));
            server.close();
            return null;
        });
        var read = meanwhile(() -> secret.getInputStream().readAllBytes());
        secret.getOutputStream().write(text);
        assertArrayEquals(text, read.get());
        echo.get();
    }

    private static SSLContext selfSigned(Path file) throws Exception {
        var keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        var made = new ProcessBuilder(keytool, "-genkeypair", "-alias", "a", "-keyalg", "EC", "-dname", "CN=localhost", "-ext", "san=dns:localhost",
                "-storetype", "PKCS12", "-keystore", file.toString(), "-storepass", "changeit").redirectErrorStream(true).start();
        assertEquals(0, made.waitFor(), () -> "keytool failed");
        var keys = KeyStore.getInstance("PKCS12");
        try (var in = Files.newInputStream(file)) {
            keys.load(in, "changeit".toCharArray());
        }
        var own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        own.init(keys, "changeit".toCharArray());
        var trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trusted.init(keys);
        var context = SSLContext.getInstance("TLS");
        context.init(own.getKeyManagers(), trusted.getTrustManagers(), null);
        return context;
    }
}
