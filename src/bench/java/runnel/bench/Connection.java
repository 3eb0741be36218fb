package runnel.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;

/// One connection of the bench's client: it asks for a stream, where that is a step of its own, and reads it.
final class Connection {
    private final Asker asker;
    private final long asked;
    private final Reader reader;
    private boolean asking;
    private boolean over;
    private ByteBuffer request;
    private HttpAnswer answer = new HttpAnswer();
    private SocketChannel channel;
    private SelectionKey key;

    /// @param asked  when the stream is asked for, by [Stamp#now]
    /// @param asking whether the answer only says where the stream is to be read
    Connection(Asker asker, byte[] request, long asked, boolean asking) {
        this.asker = asker;
        this.request = ByteBuffer.wrap(request);
        this.asked = asked;
        this.asking = asking;
        this.reader = asker.reader(asked);
    }

    void over(SocketChannel opened, SelectionKey registered) {
        channel = opened;
        key = registered;
    }

    void ready(SelectionKey ready, ByteBuffer in) throws IOException {
        if (ready.isConnectable() && channel.finishConnect()) {
            write();
        } else if (ready.isWritable()) {
            write();
        } else if (ready.isReadable()) {
            read(in.clear());
        }
    }

    private void write() throws IOException {
        channel.write(request);
        key.interestOps(request.hasRemaining() ? SelectionKey.OP_WRITE : SelectionKey.OP_READ);
    }

    private void read(ByteBuffer in) throws IOException {
        int read = channel.read(in);
        if (read < 0) {
            closed();
            return;
        }
        long now = Stamp.now();
        answer.take(in.array(), 0, read, (bytes, from, to) -> body(bytes, from, to, now));
        if (answer.over()) {
            answered();
        }
    }

    private void body(byte[] bytes, int from, int to, long now) {
        if (!asking && answer.status() == 200) {
            reader.take(bytes, from, to, now);
        }
    }

    private void answered() throws IOException {
        if (answer.status() >= 300 || answer.status() == 204) {
            fail("A request was answered with " + answer + ".");
        } else if (asking) {
            asking = false;
            request = ByteBuffer.wrap(asker.started(answer, asked));
            answer = new HttpAnswer();
            write();
        } else {
            end();
        }
    }

    private void closed() {
        if (answer.endsByClosing()) {
            end();
        } else {
            fail("A connection was closed in the middle of a stream.");
        }
    }

    private void end() {
        over = true;
        close();
        asker.ended(reader);
    }

    void fail(String why) {
        if (over) {
            return;
        }
        over = true;
        asker.complain(why);
        close();
        if (asking) {
            asker.notStarted();
        } else {
            asker.ended(reader);
        }
    }

    void close() {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException alreadyClosed) {
            key.cancel();
        }
    }
}
