package runnel.upstream.openai;

import java.net.Proxy;
import java.net.ProxySelector;
import java.net.URI;

/// The JVM's proxies, as `-Dhttp.proxyHost` names one.
final class Proxies {
    private Proxies() {}

    static boolean isBefore(URI address) {
        ProxySelector selector = ProxySelector.getDefault();
        return selector != null && selector.select(address).stream().anyMatch(proxy -> proxy.type() != Proxy.Type.DIRECT);
    }
}
