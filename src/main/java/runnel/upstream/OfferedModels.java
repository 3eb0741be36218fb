package runnel.upstream;

import java.util.Optional;
import runnel.chat.Problem;

/// Asks only for models that are in the server's list, or are the default. Where there is no list, nothing is known to be missing in it,
/// and the server itself says what it has.
public final class OfferedModels implements Upstream {
    public static final Problem NOT_OFFERED =
            new Problem("model-not-offered", 422, "Model not offered", "This server does not offer that model. Choose another.");

    private final Upstream upstream;

    public OfferedModels(Upstream upstream) {
        this.upstream = upstream;
        upstream.knownModels(); // begins to fetch the list
    }

    @Override
    public boolean offers(String model) {
        return knownModels().map(known -> known.preferred().equals(model) || known.has(model)).orElse(true);
    }

    /// A chat that was brought in may name any model: its question fails without being asked.
    @Override
    public Call prepare(Question question) {
        return offers(question.model()) ? upstream.prepare(question) : new NotAsked(NOT_OFFERED);
    }

    /// Whoever passes something on has looked at the model.
    @Override
    public Relay relay(RelayRequest request, Relay.Ended ended) {
        return upstream.relay(request, ended);
    }

    @Override
    public Models models() {
        return upstream.models();
    }

    @Override
    public Optional<Models> knownModels() {
        return upstream.knownModels();
    }

    @Override
    public Optional<Long> contextTokens(String model) {
        return upstream.contextTokens(model);
    }

    @Override
    public boolean sees(String model) {
        return upstream.sees(model);
    }

    @Override
    public void close() {
        upstream.close();
    }
}
