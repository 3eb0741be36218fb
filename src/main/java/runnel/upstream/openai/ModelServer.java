package runnel.upstream.openai;

/// What all calls to one server share.
record ModelServer(Endpoint endpoint, Transport transport, Dialects dialects, Watchdog watchdog, UpstreamLog log)
        implements AutoCloseable {

    static ModelServer at(Endpoint endpoint) {
        return new ModelServer(endpoint, new Transport(endpoint), new Dialects(), new Watchdog(), new UpstreamLog(endpoint.key()));
    }

    @Override
    public void close() {
        transport.close();
        watchdog.close();
    }
}
