package runnel.web.http;

import java.net.SocketAddress;
import org.eclipse.jetty.io.EndPoint;

/// The two addresses that tell a TCP connection from all others.
public record Ends(SocketAddress here, SocketAddress there) {
    static Ends of(EndPoint connection) {
        return new Ends(connection.getLocalSocketAddress(), connection.getRemoteSocketAddress());
    }
}
