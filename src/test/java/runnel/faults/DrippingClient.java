package runnel.faults;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;

/// A client that begins a request and then goes on with it byte by byte, for ever.
public final class DrippingClient implements AutoCloseable {
    private static final int GLANCE_MILLIS = 1;

    private final Socket socket;
    private final byte[] drop;
    private final ByteArrayOutputStream heard = new ByteArrayOutputStream();

    private DrippingClient(Socket socket, String drop) throws IOException {
        this.socket = socket;
        this.drop = drop.getBytes(StandardCharsets.US_ASCII);
        socket.setSoTimeout(GLANCE_MILLIS);
    }

    /// @param drop what it goes on with
    public static DrippingClient begin(int port, String beginning, String drop) {
        try {
            var client = new DrippingClient(new Socket(InetAddress.getLoopbackAddress(), port), drop);
            client.socket.getOutputStream().write(beginning.getBytes(StandardCharsets.US_ASCII));
            return client;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /// Lets one drop fall.
    ///
    /// @return whether the server still has the connection
    public boolean drip() {
        try {
            for (int next = socket.getInputStream().read(); next >= 0; next = socket.getInputStream().read()) {
                heard.write(next);
            }
            return false;
        } catch (SocketTimeoutException stillOpen) {
            return said();
        } catch (IOException closed) {
            return false;
        }
    }

    private boolean said() {
        try {
            socket.getOutputStream().write(drop);
            return true;
        } catch (IOException closed) {
            return false;
        }
    }

    /// All that was answered so far.
    public String heard() {
        return heard.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException alreadyGone) {
            // as wanted
        }
    }
}
