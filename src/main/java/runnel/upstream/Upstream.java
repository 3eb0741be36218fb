package runnel.upstream;

import java.util.Optional;

/// A server of models. Implementations are safe for use by many threads.
public interface Upstream extends AutoCloseable {
    /// Prepares one question without asking it yet, so that it can be cancelled from the first moment on.
    Call prepare(Question question);

    /// Prepares a request that is passed on as it came.
    ///
    /// @param ended is called when the relay is closed
    Relay relay(RelayRequest request, Relay.Ended ended);

    /// The models that can be asked, from a short-lived memory where there is one. Blocks for at most a few seconds.
    ///
    /// @throws UpstreamException where the server cannot be asked or does not answer with a list
    Models models();

    /// The same where it is known already, without waiting; else it is found out for whoever asks later.
    Optional<Models> knownModels();

    /// How many tokens a model reads and writes in all, as far as that is known without waiting: the operator's word, its server's when
    /// it refused a question that was too long, or its list's. Where there is no list yet, it is found out for whoever asks later.
    Optional<Long> contextTokens(String model);

    /// Whether a model sees images, as far as is known.
    ///
    /// @throws UpstreamException where its server would have to say, and cannot be asked for the time being
    default boolean sees(String model) {
        return false;
    }

    /// The one name of a model that has several.
    default String fullName(String model) {
        return model;
    }

    /// Whether people may ask for this model.
    default boolean offers(String model) {
        return true;
    }

    @Override
    void close();
}
