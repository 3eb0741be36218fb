package runnel.upstream.openai;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One thread that waits for all connections to a model server at once, and reads from those that have something.
///
/// A thread for each answer would have to be woken for each piece of it, and keep a stack and a buffer meanwhile.
final class EventLoop implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EventLoop.class);
    private static final int BUFFER = 64 << 10;

    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
    private final Selector selector;
    private volatile boolean closing;
    private volatile boolean ended;

    EventLoop() {
        try {
            selector = Selector.open();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofPlatform().daemon().name("upstream-reads").start(this::run);
    }

    Selector selector() {
        return selector;
    }

    /// Runs `task` on the thread of the loop, soon.
    void execute(Runnable task) {
        tasks.add(task);
        if (ended) {
            runTasks();
        } else {
            selector.wakeup();
        }
    }

    private void run() {
        while (!closing) {
            try {
                selector.select(this::ready);
            } catch (IOException | RuntimeException e) {
                LOG.error("Waiting for model servers has failed; going on.", e);
            }
            runTasks();
        }
        ended = true;
        runTasks(); // those that came too late to be seen above and too early to see that it has ended
        try {
            selector.close();
        } catch (IOException e) {
            LOG.warn("The selector was not closed.", e);
        }
    }

    private void ready(SelectionKey key) {
        ((Connection) key.attachment()).ready(key, buffer);
    }

    private void runTasks() {
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            try {
                task.run();
            } catch (RuntimeException e) {
                LOG.error("A connection to a model server has failed.", e);
            }
        }
    }

    /// Runs what was asked for until now, and ends.
    @Override
    public void close() {
        closing = true;
        selector.wakeup();
    }
}
