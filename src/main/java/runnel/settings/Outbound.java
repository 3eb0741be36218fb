package runnel.settings;

import java.net.URI;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/// What lies between this machine and a model server.
///
/// @param authorities may sign the server's certificate, beside those that the JVM trusts
/// @param httpProxy   carries what goes to `http` addresses
/// @param httpsProxy  carries what goes to `https` addresses, by `CONNECT`
/// @param noProxy     the hosts that are reached without one
public record Outbound(List<X509Certificate> authorities, Optional<HttpProxy> httpProxy, Optional<HttpProxy> httpsProxy, NoProxy noProxy) {
    public static final Outbound DIRECT = new Outbound(List.of(), Optional.empty(), Optional.empty(), NoProxy.of(""));

    public Outbound {
        authorities = List.copyOf(authorities);
    }

    /// The proxy on the way to `address`, where there is one.
    public Optional<HttpProxy> proxyFor(URI address) {
        boolean secure = address.getScheme().equalsIgnoreCase("https");
        return (secure ? httpsProxy : httpProxy).filter(_ -> !noProxy.covers(address));
    }
}
