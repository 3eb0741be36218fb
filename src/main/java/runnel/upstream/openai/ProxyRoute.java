package runnel.upstream.openai;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import runnel.chat.Secret;
import runnel.settings.HttpProxy;
import runnel.settings.Outbound;

/// The proxy on the way to a model server, and who we are to it. What a proxy is told is never told to the server.
final class ProxyRoute extends ProxySelector {
    private static final String LOGIN = "Proxy-Authorization";

    private final Outbound outbound;

    private ProxyRoute(Outbound outbound) {
        this.outbound = outbound;
    }

    static void set(OkHttpClient.Builder client, Endpoint endpoint) {
        var route = new ProxyRoute(endpoint.outbound());
        client.proxySelector(route);
        var login = endpoint.outbound().proxyFor(endpoint.baseUrl()).flatMap(HttpProxy::login).map(ProxyRoute::basic);
        login.ifPresent(header -> {
            client.proxyAuthenticator((_, response) -> forConnect(response, header));
            // A question may be sent only once, so a proxy that reads it gets the login with it, not when it asks for it.
            client.addNetworkInterceptor(chain -> chain.proceed(chain.request().isHttps() ? chain.request()
                    : chain.request().newBuilder().header(LOGIN, header).build()));
        });
    }

    /// OkHttp asks for it before it sends CONNECT, and again where the proxy does not accept it.
    private static Request forConnect(Response response, String header) {
        Request request = response.request();
        return request.header(LOGIN) == null ? request.newBuilder().header(LOGIN, header).build() : null;
    }

    private static String basic(Secret login) {
        return "Basic " + Base64.getEncoder().encodeToString(login.reveal().getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public List<Proxy> select(URI address) {
        return List.of(outbound.proxyFor(address)
                .map(proxy -> new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved(proxy.host(), proxy.port())))
                .orElse(Proxy.NO_PROXY));
    }

    @Override
    public void connectFailed(URI address, SocketAddress proxy, IOException failure) {
        // The call that failed says so itself.
    }
}
