package runnel.web.http;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import runnel.settings.Settings;
import runnel.settings.StartupFailure;

/// Whether an address can be listened on, and if not, why. It is found out by trying, since the system's words for it follow the
/// locale, and Jetty calls everything a port in use.
public final class BindCheck {
    private static final int FIRST_FREE_PORT = 1_024;
    private static final int CONNECT_MILLIS = 1_000;

    private BindCheck() {}

    /// @throws StartupFailure saying why, and what to set
    public static void require(Settings.Listening listening) {
        var address = new InetSocketAddress(listening.host(), listening.port());
        if (address.isUnresolved()) {
            throw StartupFailure.because("HOST=" + listening.host()
                    + " has no address: no name server knows it. Set HOST=127.0.0.1, or 0.0.0.0 for all "
                    + "addresses of this machine; the name that people type belongs in PUBLIC_URL.");
        }
        if (!binds(address)) {
            throw StartupFailure.because(reason(listening, address));
        }
    }

    private static String reason(Settings.Listening listening, InetSocketAddress address) {
        if (!binds(new InetSocketAddress(address.getAddress(), 0))) {
            return "HOST=" + listening.host() + " is no address of this machine. Set HOST=127.0.0.1, or 0.0.0.0 for all that it has.";
        }
        return listening.port() >= FIRST_FREE_PORT || answers(address)
                ? "PORT=" + listening.port() + " on HOST=" + listening.host()
                + " is in use by another program. Stop that, or set PORT to another port."
                : "PORT=" + listening.port()
                + " is forbidden to this user: ports below 1024 take a right of their own. Set PORT=7070 and put a proxy in "
                        + "front, or give the right (in a systemd unit, AmbientCapabilities=CAP_NET_BIND_SERVICE).";
    }

    private static boolean binds(InetSocketAddress address) {
        try (var socket = new ServerSocket()) {
            socket.bind(address);
            return true;
        } catch (IOException refused) {
            return false;
        }
    }

    private static boolean answers(InetSocketAddress address) {
        try (var socket = new Socket()) {
            socket.connect(address, CONNECT_MILLIS);
            return true;
        } catch (IOException nobody) {
            return false;
        }
    }
}
