package runnel.settings;

import java.net.InetAddress;
import java.net.URI;
import java.util.Optional;
import java.util.regex.Pattern;

/// What can be told of a host without asking a name server.
public final class Hosts {
    // Short forms such as 127.1 are left out: not every reader of such an address agrees about them.
    private static final Pattern LITERAL = Pattern.compile("([0-9]{1,3}[.]){3}[0-9]{1,3}|[0-9a-fA-F.]*:[0-9a-fA-F:.]*");

    private Hosts() {}

    /// An IP address in figures, with the brackets of an IPv6 address in a URL or without them.
    public static Optional<InetAddress> address(String text) {
        try {
            String bare = bare(text);
            return LITERAL.matcher(bare).matches() ? Optional.of(InetAddress.ofLiteral(bare)) : Optional.empty();
        } catch (IllegalArgumentException wrong) {
            return Optional.empty();
        }
    }

    /// The host without the brackets that an IPv6 address has in a URL.
    public static String bare(String host) {
        return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    }

    /// Whether only this machine reaches `host`.
    public static boolean isLoopback(String host) {
        return host.equalsIgnoreCase("localhost") || address(host).filter(InetAddress::isLoopbackAddress).isPresent();
    }

    public static boolean isLoopback(URI url) {
        return isLoopback(of(url));
    }

    /// Whether others on the way can read what is sent there.
    public static boolean isInTheOpen(URI url) {
        return url.getScheme().equalsIgnoreCase("http") && !isLoopback(url);
    }

    /// The host of a URL; [URI#getHost] knows none with an underscore, as Docker Compose makes them.
    public static String of(URI url) {
        return url.getRawAuthority().replaceFirst("^.*@", "").replaceFirst(":[0-9]*$", "");
    }

    /// The port of a URL, or `usual` where it names none.
    public static int port(URI url, int usual) {
        String port = url.getRawAuthority().replaceFirst("^.*@", "").substring(of(url).length()).replace(":", "");
        return port.isEmpty() ? usual : Integer.parseInt(port);
    }
}
