package runnel.web.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpParser;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.internal.HttpConnection;
import org.eclipse.jetty.util.BufferUtil;
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
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(WAIT_MILLIS));
        return !Thread.currentThread().isInterrupted();
    }

    /// Connections on which a request may take only so long to say what it wants.
    private static final class RequestDeadlines extends HttpConnectionFactory {
        private final Duration patience;

        public RequestDeadlines(HttpConfiguration http, Duration patience) {
            super(http);
            this.patience = patience;
        }

        @Override
        public Connection newConnection(Connector connector, EndPoint endPoint) {
            return configure(new Impatient(getHttpConfiguration(), connector, endPoint, patience), connector, endPoint);
        }

        private static final class Impatient extends HttpConnection {
            private final Duration patience;
            private RequestHandler handler;

            /// Jetty's own constructor makes the handler and the parser.
            Impatient(HttpConfiguration http, Connector connector, EndPoint endPoint, Duration patience) {
                this.patience = patience;
                super(http, connector, endPoint);
            }

            @Override
            protected RequestHandler newRequestHandler() {
                handler = super.newRequestHandler();
                return handler;
            }

            /// An address whose escapes mean nothing is refused by [PathLimits], when it can be seen in which form.
            @Override
            protected HttpStreamOverHTTP1 newHttpStream(String method, String address, HttpVersion version) {
                try {
                    return super.newHttpStream(method, address, version);
                } catch (IllegalArgumentException unreadable) {
                    return super.newHttpStream(method, address.replaceFirst("%.*", PathLimits.REFUSED), version);
                }
            }

            @Override
            protected HttpParser newHttpParser(HttpCompliance compliance) {
                var parser = new DeadlineParser(handler, getHttpConfiguration().getRequestHeaderSize(), compliance, patience);
                parser.setHeaderCacheSize(getHttpConfiguration().getHeaderCacheSize());
                return parser;
            }
        }

        /// Gives up a request whose header, or what stands between the pieces of its body, only drips. Jetty's idle timeout ends
        /// what stands still, but each byte begins it anew; so time is looked at when a byte comes, and costs nothing otherwise.
        private static final class DeadlineParser extends HttpParser {
            private final long patience;
            private boolean begun;
            private long began;

            DeadlineParser(RequestHandler handler, int maxHeaderBytes, HttpCompliance compliance, Duration patience) {
                super(handler, maxHeaderBytes, compliance);
                this.patience = patience.toNanos();
            }

            /// @return whether something is whole: a header, or a piece of a body
            @Override
            public boolean parseNext(ByteBuffer some) {
                boolean came = some.hasRemaining();
                if (came && !begun) {
                    begun = true;
                    began = System.nanoTime();
                }
                boolean whole = super.parseNext(some);
                if (whole) {
                    begun = false;
                } else if (came && (inHeaderState() || inContentState()) && System.nanoTime() - began >= patience) {
                    BufferUtil.clear(some);
                    badMessage(new HttpException.RuntimeException(HttpStatus.REQUEST_TIMEOUT_408));
                }
                return whole;
            }

            /// Begins with the next request.
            @Override
            public void reset() {
                super.reset();
                begun = false;
            }
        }
    }
}
