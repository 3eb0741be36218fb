package runnel.settings;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// Rules for addresses: hosts, networks, URLs and folders. None of them asks a name server.
public final class AddressRules {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9._-]{0,251}[A-Za-z0-9])?");

    // Names with an underscore, as Docker Compose makes them, have no host in the eyes of java.net.URI.
    private static final Pattern AUTHORITY = Pattern.compile("[A-Za-z0-9._-]+(:[0-9]{1,5})?");

    private AddressRules() {}

    /// A name or an IP address to listen on; an IPv6 address loses the brackets that it may have.
    static Rule<String> host() {
        return Rule.of("a host name or an IP address", value -> {
            String host = value.startsWith("[") && value.endsWith("]") ? value.substring(1, value.length() - 1) : value;
            boolean digits = host.matches("[0-9.]+");
            return Optional.of(host).filter(name -> address(name).isPresent() || !digits && NAME.matcher(name).matches());
        });
    }

    /// Whether only this machine reaches `host`, as far as can be told without a name server.
    public static boolean isLoopback(String host) {
        return host.equalsIgnoreCase("localhost") || address(host).filter(InetAddress::isLoopbackAddress).isPresent();
    }

    /// Whether only this machine is reached by an address that these rules have taken.
    public static boolean isLoopback(URI url) {
        return isLoopback(hostOf(url));
    }

    /// The host of an address that these rules have taken.
    public static String hostOf(URI url) {
        return url.getRawAuthority().replaceFirst(":[0-9]*$", ""); // URI itself knows no host with an underscore
    }

    private static Optional<InetAddress> address(String text) {
        // Short forms such as 127.1 are left out: not every reader of such an address agrees about them.
        if (!text.contains(":") && !text.matches("([0-9]{1,3}[.]){3}[0-9]{1,3}")) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.ofLiteral(text));
        } catch (IllegalArgumentException wrong) {
            return Optional.empty();
        }
    }

    /// An IP address or a network as `10.0.0.0/8`.
    static Rule<String> network() {
        return Rule.of("an IP address or a network", value -> {
            String[] parts = value.split("/", -1);
            int most = address(parts[0]).map(address -> address.getAddress().length * 8).orElse(-1);
            boolean good = most > 0 && (parts.length == 1
                    || parts.length == 2 && parts[1].matches("[0-9]{1,3}") && Integer.parseInt(parts[1]) <= most);
            return Optional.of(value).filter(network -> good);
        });
    }

    /// The address of a web server, without its trailing slash. A wrong one is not shown where it may hold a password.
    public static Rule<URI> web(String allowed, Predicate<URI> also) {
        Predicate<String> showing = value -> value.chars().noneMatch(c -> c == '@' || c == '?' || c == '#');
        return new Rule<>(allowed, showing, value -> uri(value.replaceFirst("/+$", ""), Set.of("http", "https"))
                .filter(uri -> uri.getRawUserInfo() == null && uri.getRawQuery() == null && uri.getRawFragment() == null)
                .filter(also));
    }

    /// The address of another kind of server, which may name a user, a password and options.
    static Rule<String> service(String allowed, Set<String> schemes) {
        return Rule.of(allowed, value -> uri(value, schemes).map(URI::toString));
    }

    private static Optional<URI> uri(String value, Set<String> schemes) {
        try {
            URI uri = new URI(value);
            boolean known = uri.getScheme() != null && schemes.contains(uri.getScheme().toLowerCase(Locale.ROOT));
            boolean host = uri.getHost() != null || uri.getRawAuthority() != null && AUTHORITY.matcher(uri.getRawAuthority()).matches();
            return Optional.of(uri).filter(it -> known && host && it.getPort() <= 65535);
        } catch (URISyntaxException wrong) {
            return Optional.empty();
        }
    }

    static Rule<Path> folder(String allowed, Predicate<Path> good) {
        return Rule.of(allowed, value -> {
            try {
                return Optional.of(Path.of(value)).filter(good);
            } catch (InvalidPathException wrong) {
                return Optional.empty();
            }
        });
    }

    static boolean isFolderOrNew(Path path) {
        return Files.isDirectory(path) || Files.notExists(path);
    }

    static boolean isPage(Path path) {
        return Files.isRegularFile(path.resolve("index.html"));
    }
}
