package runnel.web.http;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// A set of IP addresses, given as addresses and networks such as `10.0.0.0/8`.
record IpNetworks(List<Network> networks) {
    private static final Pattern LITERAL = Pattern.compile("[0-9.]+|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

    record Network(byte[] prefix, int bits) {
        static Network of(String text) {
            var parts = text.split("/");
            var prefix = InetAddress.ofLiteral(parts[0]).getAddress();
            return new Network(prefix, parts.length > 1 ? Integer.parseInt(parts[1]) : prefix.length * 8);
        }

        boolean holds(byte[] address) {
            if (address.length != prefix.length) {
                return false;
            }
            for (int bit = 0; bit < bits; bit++) {
                if (((address[bit / 8] ^ prefix[bit / 8]) >> 7 - bit % 8 & 1) != 0) {
                    return false;
                }
            }
            return true;
        }
    }

    static IpNetworks of(List<String> texts) {
        return new IpNetworks(texts.stream().map(Network::of).toList());
    }

    boolean hold(String address) {
        return literal(address).map(InetAddress::getAddress).filter(bytes -> networks.stream().anyMatch(network -> network.holds(bytes))).isPresent();
    }

    /// An address in figures, without asking a name server.
    static Optional<InetAddress> literal(String text) {
        var bare = text.startsWith("[") && text.endsWith("]") ? text.substring(1, text.length() - 1) : text;
        try {
            return LITERAL.matcher(bare).matches() ? Optional.of(InetAddress.ofLiteral(bare)) : Optional.empty();
        } catch (IllegalArgumentException notOne) {
            return Optional.empty();
        }
    }
}
