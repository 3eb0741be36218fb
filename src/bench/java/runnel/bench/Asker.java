package runnel.bench;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/// The bench's client: asks for all streams of a load and reads them, on the thread that calls [#run].
final class Asker {
    private static final long TICK_MILLIS = 100;

    private final ByteBuffer in = ByteBuffer.allocate(64 << 10);
    private final Target target;
    private final Load load;
    private final Tally tally;
    private Selector selector;
    private volatile boolean enough;

    Asker(Target target, Load load, Tally tally) {
        this.target = target;
        this.load = load;
        this.tally = tally;
    }

    /// Returns when every stream has ended, or has had its time.
    void run() throws IOException {
        try (var opened = Selector.open()) {
            selector = opened;
            long began = System.nanoTime();
            long deadline = began + (long) (load.patience() * 1e9);
            while (!enough && tally.now().ended() < load.allReaders() && System.nanoTime() < deadline) {
                ask(began);
                selector.select(this::ready, tally.now().asked() < load.streams() ? 1 : TICK_MILLIS);
                tally.publish();
            }
            selector.keys().forEach(key -> leave(connection(key)));
            tally.publish();
        }
    }

    private void leave(Connection connection) {
        if (enough) {
            connection.close();
        } else {
            connection.fail("A stream did not end in its time.");
        }
    }

    /// Makes [#run] leave all streams where they are and return. It may be called by any thread.
    void leaveAll() {
        enough = true;
    }

    /// Asks for as many streams as should have been asked for by now.
    private void ask(long began) {
        long due = Math.min(load.streams(), (System.nanoTime() - began) * load.perSecond() / 1_000_000_000 + 1);
        for (int number = tally.now().asked(); number < due; number++) {
            tally.asked();
            connect(new Connection(this, target.ask(load.model(), number), Stamp.now(), target.inTwoSteps()));
        }
        tally.publish();
    }

    private void connect(Connection connection) {
        try {
            var channel = SocketChannel.open();
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.connect(target.address());
            connection.over(channel, channel.register(selector, SelectionKey.OP_CONNECT, connection));
        } catch (IOException refused) {
            connection.fail("A connection could not be opened: " + refused.getMessage());
        }
    }

    private void ready(SelectionKey key) {
        try {
            connection(key).ready(key, in);
        } catch (IOException | RuntimeException broken) {
            connection(key).fail("A connection broke: " + broken);
        }
    }

    private static Connection connection(SelectionKey key) {
        return (Connection) key.attachment();
    }

    /// A stream has been started. Its other readers come on connections of their own.
    ///
    /// @return what the first reader sends
    byte[] started(HttpAnswer answer, long asked) {
        var request = target.read(answer);
        for (int another = 1; another < load.readers(); another++) {
            connect(new Connection(this, request, asked, false));
        }
        return request;
    }

    Reader reader(long asked) {
        return new Reader(tally, asked);
    }

    void ended(Reader reader) {
        reader.ended(load.expected(), target.ending());
    }

    /// A stream has failed before anybody read it.
    void notStarted() {
        for (int each = 0; each < load.readers(); each++) {
            ended(reader(0));
        }
    }

    void complain(String why) {
        tally.complain(why);
    }
}
