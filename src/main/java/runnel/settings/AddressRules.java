package runnel.settings;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Rules for addresses: hosts, networks, URLs and folders. None of them asks a name server.
public final class AddressRules {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9._-]{0,251}[A-Za-z0-9])?");

    // Names with an underscore, as Docker Compose makes them, have no host in the eyes of java.net.URI.
    private static final Pattern AUTHORITY = Pattern.compile("([^@]*@)?[A-Za-z0-9._-]+(:[0-9]{1,5})?");

    private static final Pattern PATH = Pattern.compile("(/[A-Za-z0-9_~-]+(\\.[A-Za-z0-9_~-]+){0,8}){0,8}");

    private AddressRules() {}

    /// A name or an IP address to listen on; an IPv6 address loses the brackets that it may have.
    static Rule<String> host() {
        return Rule.of("a host name or an IP address", value -> {
            String host = Hosts.bare(value);
            boolean digits = host.matches("[0-9.]+");
            return Optional.of(host).filter(name -> Hosts.address(name).isPresent() || !digits && NAME.matcher(name).matches());
        });
    }

    static Rule<IpNetwork> network() {
        return Rule.of("an IP address or a network", IpNetwork::of);
    }

    /// The address of a web server, without its trailing slash. A wrong one is not shown where it may hold a password.
    public static Rule<URI> web(String allowed, Predicate<URI> also) {
        Predicate<String> showing = value -> value.chars().noneMatch(c -> c == '@' || c == '?' || c == '#');
        return new Rule<>(allowed, showing, value -> uri(value.replaceFirst("/+$", ""), Set.of("http", "https"))
                .filter(uri -> !uri.getRawAuthority().contains("@") && uri.getRawFragment() == null)
                .filter(also));
    }

    /// The address of a Runnel: a host, and a path where it lives below one. Of the path's characters none is ever written in two ways.
    public static Rule<URI> site() {
        return web("an http or https URL with a host, and at most a path of letters, digits, -, _, ~ and single dots behind it",
                uri -> uri.getRawQuery() == null && PATH.matcher(uri.getRawPath()).matches());
    }

    /// What browsers send as `Origin` (RFC 6454, 6.2): small letters, and no port that goes without saying.
    static Rule<String> origin() {
        return Rule.of("an origin", value -> web("", uri -> uri.getRawPath().isEmpty() && uri.getRawQuery() == null).read().apply(value)
                .map(uri -> uri.toString().toLowerCase(Locale.ROOT).replaceFirst("^(https:.*):443$|^(http:.*):80$", "$1$2")));
    }

    /// Of the rules for [#web]: no query but Azure's, since others may hold a key, which an address is too open for.
    static boolean isBase(URI uri) {
        return uri.getRawQuery() == null || uri.getRawQuery().matches("api-version=[A-Za-z0-9.-]+");
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
            return Optional.of(uri).filter(it -> known && host && Hosts.port(it, 0) <= 65535);
        } catch (URISyntaxException wrong) {
            return Optional.empty();
        }
    }

    /// A folder or a file; no shell has replaced the `~` of one that comes from a file.
    static Rule<Path> path(String allowed, Predicate<Path> good) {
        String home = Matcher.quoteReplacement(System.getProperty("user.home"));
        return Rule.of(allowed, value -> {
            try {
                return Optional.of(Path.of(value.replaceFirst("^~(?=/)", home))).filter(good);
            } catch (InvalidPathException wrong) {
                return Optional.empty();
            }
        });
    }

    /// A file of certificates in PEM (RFC 7468), one behind the other.
    static Rule<List<X509Certificate>> certificates() {
        return Rule.of("a PEM file with certificates", path -> {
            try (var in = Files.newInputStream(Path.of(path))) {
                var found = CertificateFactory.getInstance("X.509").generateCertificates(in);
                return Optional.of(found.stream().map(X509Certificate.class::cast).toList()).filter(all -> !all.isEmpty());
            } catch (IOException | CertificateException | InvalidPathException wrong) {
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
