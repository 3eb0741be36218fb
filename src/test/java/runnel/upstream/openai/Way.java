package runnel.upstream.openai;

/// How a server is asked.
enum Way {
    LOOP {
        @Override
        Transport transport(Endpoint endpoint, Watchdog watchdog) {
            return new LoopTransport(endpoint, watchdog);
        }
    },
    OKHTTP {
        @Override
        Transport transport(Endpoint endpoint, Watchdog watchdog) {
            return new OkHttpTransport(endpoint);
        }
    };

    abstract Transport transport(Endpoint endpoint, Watchdog watchdog);

    OpenAiUpstream to(Endpoint endpoint) {
        var watchdog = new Watchdog();
        return new OpenAiUpstream(ModelServer.at(endpoint, watchdog, transport(endpoint, watchdog)));
    }
}
