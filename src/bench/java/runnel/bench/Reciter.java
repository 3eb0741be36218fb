package runnel.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.PriorityQueue;

/// The scripted model: a server that speaks OpenAI's API, on one thread, and recites what the model's name says.
final class Reciter implements AutoCloseable {
    private static final int BACKLOG = 4_096;
    private static final long IDLE_MILLIS = 500;

    private final PriorityQueue<Recital> due = new PriorityQueue<>();
    private final ByteBuffer in = ByteBuffer.allocate(64 << 10);
    private final Chunks out = new Chunks();
    private final ServerSocketChannel door;
    private final Selector selector;
    private volatile boolean hangingUp;
    private volatile boolean closed;

    private Reciter(ServerSocketChannel door, Selector selector) {
        this.door = door;
        this.selector = selector;
    }

    static Reciter listen(InetSocketAddress at) throws IOException {
        var door = ServerSocketChannel.open();
        door.bind(at, BACKLOG).configureBlocking(false);
        var selector = Selector.open();
        door.register(selector, SelectionKey.OP_ACCEPT);
        var reciter = new Reciter(door, selector);
        Thread.ofPlatform().daemon().name("bench model").start(reciter::run);
        return reciter;
    }

    InetSocketAddress address() {
        try {
            return (InetSocketAddress) door.getLocalAddress();
        } catch (IOException closed) {
            throw new UncheckedIOException(closed);
        }
    }

    String baseUrl() {
        return "http://" + address().getHostString() + ":" + address().getPort() + "/v1";
    }

    private void run() {
        try (selector; door) {
            while (!closed) {
                long wait = pause(System.nanoTime());
                if (wait > 0) {
                    selector.select(this::ready, wait);
                } else {
                    selector.selectNow(this::ready);
                }
                recite();
                if (hangingUp) {
                    hangingUp = false;
                    selector.keys().forEach(Reciter::drop);
                    due.clear();
                }
            }
            selector.keys().forEach(Reciter::drop);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private long pause(long now) {
        return due.isEmpty() ? IDLE_MILLIS : Math.clamp((due.peek().due() - now + 999_999) / 1_000_000, 0, IDLE_MILLIS);
    }

    private void ready(SelectionKey key) {
        try {
            if (key.isAcceptable()) {
                accept();
            } else {
                serve(key, (Recital) key.attachment());
            }
        } catch (IOException gone) {
            drop(key);
        }
    }

    private void accept() throws IOException {
        for (var channel = door.accept(); channel != null; channel = door.accept()) {
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            var key = channel.register(selector, SelectionKey.OP_READ);
            key.attach(new Recital(channel, key));
        }
    }

    private void serve(SelectionKey key, Recital recital) throws IOException {
        if (key.isWritable() && recital.waiting() && recital.flush() && !recital.over()) {
            due.add(recital);
        }
        if (!key.isReadable()) {
            return;
        }
        int read = ((SocketChannel) key.channel()).read(in.clear());
        if (read < 0) {
            drop(key);
        } else if (recital.take(in.array(), read)) {
            recite(recital);
        }
    }

    private void recite() {
        long now = System.nanoTime();
        while (!due.isEmpty() && due.peek().due() <= now) {
            recite(due.poll());
        }
    }

    private void recite(Recital recital) {
        try {
            recital.recite(out);
            if (!recital.over() && !recital.waiting()) {
                due.add(recital);
            }
        } catch (IOException gone) {
            recital.leave();
        }
    }

    private static void drop(SelectionKey key) {
        if (key.attachment() instanceof Recital recital) {
            recital.leave();
        }
    }

    /// Closes all connections in the middle of whatever they carry.
    void cancel() {
        hangingUp = true;
        selector.wakeup();
    }

    @Override
    public void close() {
        closed = true;
        selector.wakeup();
    }
}
