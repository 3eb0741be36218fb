package runnel.settings;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.Optional;

/// An IP address, or a network as `10.0.0.0/8`.
///
/// @param bits how many of the prefix's bits all its addresses share
public record IpNetwork(InetAddress prefix, int bits) {
    static Optional<IpNetwork> of(String text) {
        String[] parts = text.split("/", 2);
        return Hosts.address(parts[0]).flatMap(prefix -> {
            int most = prefix.getAddress().length * 8;
            int bits = parts.length == 1 ? most : parts[1].matches("[0-9]{1,3}") ? Integer.parseInt(parts[1]) : most + 1;
            return bits <= most ? Optional.of(new IpNetwork(prefix, bits)) : Optional.empty();
        });
    }

    public boolean holds(InetAddress address) {
        byte[] mine = prefix.getAddress();
        byte[] other = address.getAddress();
        int whole = bits / 8;
        return mine.length == other.length && Arrays.equals(mine, 0, whole, other, 0, whole)
                && (bits % 8 == 0 || ((mine[whole] ^ other[whole]) & 0xff) >> 8 - bits % 8 == 0);
    }
}
