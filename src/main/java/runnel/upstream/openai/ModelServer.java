package runnel.upstream.openai;

import runnel.settings.UpstreamClient;
/// What all calls to one server share.
record ModelServer(Endpoint endpoint, Transport transport, Dialects dialects, Watchdog watchdog, UpstreamLog log)
        implements AutoCloseable {

    /// The fast way where it goes: not over TLS, for which HTTP/2 matters more, and not where the JVM is told of a proxy.
    static ModelServer at(Endpoint endpoint) {
        var watchdog = new Watchdog();
        boolean fast = endpoint.client() == UpstreamClient.AUTO && !endpoint.isSecure() && !Proxies.isBefore(endpoint.baseUrl());
        return at(endpoint, watchdog, fast ? new LoopTransport(endpoint, watchdog) : new OkHttpTransport(endpoint));
    }

    static ModelServer at(Endpoint endpoint, Watchdog watchdog, Transport transport) {
        return new ModelServer(endpoint, transport, new Dialects(), watchdog, new UpstreamLog(endpoint.key()));
    }

    @Override
    public void close() {
        transport.close();
        watchdog.close();
    }
}
