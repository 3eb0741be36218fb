package runnel.web.http;

import java.time.Duration;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.HttpParser;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.internal.HttpConnection;

/// Connections on which a request may take only so long to say what it wants.
public final class RequestDeadlines extends HttpConnectionFactory {
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

        @Override
        protected HttpParser newHttpParser(HttpCompliance compliance) {
            var parser = new DeadlineParser(handler, getHttpConfiguration().getRequestHeaderSize(), compliance, patience);
            parser.setHeaderCacheSize(getHttpConfiguration().getHeaderCacheSize());
            return parser;
        }
    }
}
