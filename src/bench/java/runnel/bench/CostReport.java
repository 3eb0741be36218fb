package runnel.bench;

import java.util.Optional;
import java.util.stream.Stream;

/// What streams cost.
///
/// @param direct the model alone, which is what the bench itself takes; nothing where the model is not its own
/// @param server the server, on the way to the same model
record CostReport(Load load, Stage stage, Optional<Measured> direct, Measured server, Optional<Measured> nginx, Optional<Held> held)
        implements Report {
    Stream<Measured> runs() {
        return Stream.of(direct, Optional.of(server), nginx).flatMap(Optional::stream);
    }

    @Override
    public boolean allWell() {
        return runs().allMatch(Measured::allWell) && held.map(Held::allWell).orElse(true);
    }

    /// Milliseconds that the server adds to the way of a token, at this percentile of both.
    double addedLatency(double percent) {
        return server.latencyMillis(percent) - direct.map(run -> run.latencyMillis(percent)).orElse(Double.NaN);
    }

    /// Milliseconds that the server adds to the time from the question to the first token.
    double addedToFirstToken(double percent) {
        return server.firstTokenMillis(percent) - direct.map(run -> run.firstTokenMillis(percent)).orElse(Double.NaN);
    }

    /// The server's CPU per token in parts of nginx's.
    double toNginx() {
        return server.cpuPerToken() / nginx.map(Measured::cpuPerToken).orElse(Double.NaN);
    }

    @Override
    public String table() {
        return CostTable.of(this);
    }

    @Override
    public String json() {
        return CostJson.of(this);
    }
}
