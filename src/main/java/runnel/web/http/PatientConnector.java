package runnel.web.http;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Accepts connections on a thread of its own, which waits where there are no file descriptors left: they stay in the kernel's queue
/// meanwhile. (The selector would find them again at once, and spin.) It cuts off whom nothing of an answer reaches.
public final class PatientConnector extends ServerConnector {
    private static final Logger LOG = LoggerFactory.getLogger(PatientConnector.class);
    private static final long QUIET_NANOS = TimeUnit.MINUTES.toNanos(1);
    private static final long WAIT_MILLIS = 200;

    private final UnreadAnswers unread;
    private boolean failed;
    private long told;

    /// @param longest for which a client need not take anything of an answer
    public PatientConnector(Server server, HttpConfiguration http, Duration longest) {
        super(server, 1, 1, new RequestDeadlines(http, Body.PATIENCE));
        this.unread = new UnreadAnswers(longest);
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        cutOff();
    }

    private void cutOff() {
        if (isRunning() || isStarting()) {
            getScheduler().schedule(this::cutOff, 1, TimeUnit.SECONDS);
            unread.cutOff();
        }
    }

    @Override
    protected SocketChannelEndPoint newEndPoint(SocketChannel channel, ManagedSelector selector, SelectionKey key) {
        var endPoint = new WatchedEndPoint(channel, selector, key, getScheduler(), unread);
        endPoint.setIdleTimeout(getIdleTimeout());
        return endPoint;
    }

    @Override
    protected boolean handleAcceptFailure(Throwable failure) {
        if (!isRunning() || !(failure instanceof IOException) || !isOpen()) {
            return super.handleAcceptFailure(failure);
        }
        long now = System.nanoTime();
        if (!failed || now - told >= QUIET_NANOS) {
            failed = true;
            told = now;
            LOG.error("No connection can be accepted ({}); trying again until it works. Raise the limit of open files (ulimit -n).",
                    failure.getMessage());
        }
        try {
            Thread.sleep(WAIT_MILLIS);
            return true;
        } catch (InterruptedException stopping) {
            return false;
        }
    }
}
