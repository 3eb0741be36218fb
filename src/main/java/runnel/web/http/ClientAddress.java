package runnel.web.http;

import io.javalin.http.Context;
import java.net.Inet6Address;
import java.net.URI;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.eclipse.jetty.server.Request;
import runnel.settings.Hosts;
import runnel.settings.IpNetwork;

/// Who is at the other end, and whether the way there is encrypted. `X-Forwarded-*` counts from trusted proxies only:
/// anybody can write it.
public record ClientAddress(List<IpNetwork> trustedProxies, Optional<URI> publicUrl) {
    /// The address of the client: the last one in the chain that is not a trusted proxy's.
    public String address(Context ctx) {
        var address = ctx.req().getRemoteAddr();
        var chain = String.join(",", Collections.list(ctx.req().getHeaders("X-Forwarded-For"))).split(",");
        for (int i = chain.length - 1; i >= 0 && trusted(address); i--) {
            var before = Hosts.address(chain[i].strip());
            if (before.isEmpty()) {
                break;
            }
            address = before.get().getHostAddress();
        }
        return address;
    }

    /// What tries are counted by, the narrowest first: the address, or of IPv6 what a provider gives to one customer (64 bits, or 56,
    /// or 48), who has as many addresses as there are guesses.
    public List<String> networks(Context ctx) {
        var address = address(ctx);
        return Hosts.address(address).filter(Inet6Address.class::isInstance)
                .map(six -> IntStream.of(8, 7, 6).mapToObj(bytes -> HexFormat.of()
                        .formatHex(Arrays.copyOf(six.getAddress(), bytes))).toList())
                .orElse(List.of(address));
    }

    /// Whether the client came by TLS.
    public boolean secure(Context ctx) {
        return secure(ctx.header("X-Forwarded-Proto"), ctx.req().getRemoteAddr());
    }

    /// The same of a request that no route sees. Where not even its headers could be read, only `PUBLIC_URL` tells.
    public boolean secure(Request request) {
        return secure(request.getHeaders().get("X-Forwarded-Proto"), Request.getRemoteAddr(request));
    }

    private boolean secure(String forwardedFrom, String address) {
        boolean encrypted = publicUrl.filter(url -> url.getScheme().equalsIgnoreCase("https")).isPresent();
        return encrypted || "https".equalsIgnoreCase(forwardedFrom) && trusted(address);
    }

    private boolean trusted(String address) {
        return Hosts.address(address).filter(known -> trustedProxies.stream().anyMatch(network -> network.holds(known))).isPresent();
    }
}
