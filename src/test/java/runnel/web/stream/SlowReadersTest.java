package runnel.web.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.EOFException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import runnel.Client.Sent;
import runnel.Follower;
import runnel.upstream.openai.Script;
import runnel.web.WebTest;

/// Readers that do not read.
class SlowReadersTest extends WebTest {
    private static final int READERS = 500;
    /// What one reader that never reads may cost in heap, with the connection's own buffers.
    private static final long MAX_BYTES_EACH = 150_000;
    /// What frames an answer in chunks (RFC 9112, 7.1).
    private static final Pattern CHUNK = Pattern.compile("\r\n[0-9a-f]+\r\n", Pattern.CASE_INSENSITIVE);
    private static final Pattern CONTENT = Pattern.compile("\"content\":\"(x*)\"");
    private static final String BLOCK = "x".repeat(10_000);

    @Override
    protected String[] settings() {
        return new String[] {"HEARTBEAT", "1", "MAX_STREAMS_PER_USER", "600"};
    }

    private Socket deaf(Sent sent) throws IOException {
        var socket = new Socket();
        socket.setReceiveBufferSize(4_096);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
        socket.getOutputStream().write(("GET " + sent.sse() + " HTTP/1.1\r\nHost: localhost\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private static long heap() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private static void speak(Script script, int blocks) {
        for (int i = 0; i < blocks; i++) {
            script.send(BLOCK);
        }
    }

    @Test
    void five_hundred_readers_that_never_read_cost_bounded_memory_delay_nobody_and_are_let_go() throws Exception {
        var script = model.script();
        var sent = client.ask("hello", "x");
        var deaf = new ArrayList<Socket>();
        try (var reader = client.read(sent)) {
            var follower = new Follower();
            follower.take(reader.next().orElseThrow());
            long before = heap();
            for (int i = 0; i < READERS; i++) {
                deaf.add(deaf(sent));
            }
            speak(script, 50);
            while (follower.content().length() < 50 * BLOCK.length()) {
                follower.take(reader.next().orElseThrow());
            }
            long each = (heap() - before) / READERS;
            assertTrue(each < MAX_BYTES_EACH, each + " bytes for each reader");
            deaf.forEach(SlowReadersTest::awaitLetGo);
            speak(script, 1);
            script.finish();
            reader.rest().forEach(follower::take);
            assertEquals(51 * BLOCK.length(), follower.content().length());
        } finally {
            for (var socket : deaf) {
                socket.close();
            }
        }
    }

    /// Writes until the kernel says that nobody is there any more, though the reply still runs.
    private static void awaitLetGo(Socket socket) {
        long deadline = System.nanoTime() + 60_000_000_000L;
        try {
            while (System.nanoTime() < deadline) {
                socket.getOutputStream().write('\r');
                LockSupport.parkNanos(10_000_000);
            }
        } catch (IOException detach) {
            return;
        }
        throw new AssertionError("The server keeps a reader that does not read");
    }

    @Test
    void a_reader_that_falls_behind_gets_fewer_and_larger_events() throws Exception {
        var script = model.script();
        var sent = client.ask("hello", "x");
        try (var slow = deaf(sent)) {
            for (int i = 0; i < 30; i++) {
                script.send(BLOCK).send(BLOCK).send(BLOCK).send(BLOCK);
            }
            script.finish();
            var contents = CONTENT.matcher(CHUNK.matcher(readSlowly(slow)).replaceAll("")).results().map(each -> each.group(1)).toList();
            assertEquals(120 * BLOCK.length(), contents.stream().mapToInt(String::length).sum());
            assertTrue(contents.size() < 120, contents.size() + " events");
        }
    }

    /// A piece each millisecond until the reply has ended, which is slower than the model writes.
    private static String readSlowly(Socket socket) throws IOException {
        var read = new StringBuilder();
        var piece = new byte[4_096];
        while (read.indexOf("event: stop", Math.max(0, read.length() - 2 * piece.length)) < 0) {
            int length = socket.getInputStream().read(piece);
            if (length < 0) {
                throw new EOFException("The answer ended without stop");
            }
            read.append(new String(piece, 0, length, StandardCharsets.US_ASCII));
            LockSupport.parkNanos(1_000_000);
        }
        return read.toString();
    }
}
