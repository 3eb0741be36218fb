package runnel.settings;

import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// The hosts that are reached without a proxy, as `NO_PROXY` has them for curl, Go and Python: names with all below them
/// (`example.org`, `.example.org`, `*.example.org`), IP addresses and networks (`10.0.0.0/8`), each with a port or without, and
/// `*` for all. This machine is always one of them. No name server is asked.
public record NoProxy(List<String> entries) {
    public static NoProxy of(String value) {
        return new NoProxy(Arrays.stream(value.toLowerCase(Locale.ROOT).split("[,\\s]+")).filter(entry -> !entry.isEmpty()).toList());
    }

    public boolean covers(URI address) {
        String host = Hosts.bare(Hosts.of(address)).toLowerCase(Locale.ROOT);
        int port = Hosts.port(address, address.getScheme().equalsIgnoreCase("https") ? 443 : 80);
        return Hosts.isLoopback(host) || entries.stream().anyMatch(entry -> covers(entry, host, port));
    }

    private static boolean covers(String entry, String host, int port) {
        if (entry.equals("*")) {
            return true;
        }
        var network = IpNetwork.of(entry);
        if (network.isPresent()) {
            return Hosts.address(host).filter(network.get()::holds).isPresent();
        }
        int colon = entry.matches(".*[^:]:[0-9]{1,5}") ? entry.lastIndexOf(':') : -1;
        if (colon >= 0) {
            return entry.substring(colon + 1).equals(Integer.toString(port)) && covers(entry.substring(0, colon), host, port);
        }
        String name = entry.replaceFirst("^[*]?[.]", "");
        return host.equals(name) || host.endsWith("." + name);
    }
}
