package runnel.web.stream;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.ServerConnector;
import runnel.web.WebServer;

/// Hears every byte that a server sends, whoever reads it and on whatever transport: it sits where Jetty's connections write.
public final class WireTap implements ConnectionFactory {
    private final ConnectionFactory connections;
    private final Supplier<Consumer<String>> ears;

    private WireTap(ConnectionFactory connections, Supplier<Consumer<String>> ears) {
        this.connections = connections;
        this.ears = ears;
    }

    /// @param server one that has not been started
    /// @param ears   gives one for each connection; each character that it hears is a byte
    public static void on(WebServer server, Supplier<Consumer<String>> ears) {
        server.javalin().unsafe.jettyInternal.connectors.replaceAll(each -> (jetty, http) -> {
            var connector = (ServerConnector) each.apply(jetty, http);
            var connections = connector.getDefaultConnectionFactory();
            connector.addConnectionFactory(new WireTap(connections, ears));
            connector.addBean(connections);
            return connector;
        });
    }

    @Override
    public String getProtocol() {
        return connections.getProtocol();
    }

    @Override
    public List<String> getProtocols() {
        return connections.getProtocols();
    }

    @Override
    public Connection newConnection(Connector connector, EndPoint endPoint) {
        return connections.newConnection(connector, tapped(endPoint, ears.get()));
    }

    private static EndPoint tapped(EndPoint endPoint, Consumer<String> ear) {
        return (EndPoint) Proxy.newProxyInstance(EndPoint.class.getClassLoader(), new Class<?>[] {EndPoint.class, EndPoint.Wrapper.class}, (_, method, arguments) -> {
            if (method.getName().equals("unwrap")) {
                return endPoint;
            }
            if (List.of("write", "flush", "send").contains(method.getName())) {
                hear(arguments, ear);
            }
            try {
                return method.invoke(endPoint, arguments);
            } catch (InvocationTargetException failed) {
                throw failed.getCause();
            }
        });
    }

    private static void hear(Object[] arguments, Consumer<String> ear) {
        for (var argument : arguments) {
            if (argument instanceof ByteBuffer bytes) {
                ear.accept(StandardCharsets.ISO_8859_1.decode(bytes.duplicate()).toString());
            } else if (argument instanceof ByteBuffer[] several) {
                hear(several, ear);
            }
        }
    }
}
