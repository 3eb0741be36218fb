package runnel.upstream;

import java.util.Optional;

/// A server of models. Implementations are safe for use by many threads.
public interface Upstream extends AutoCloseable {
    /// Prepares one question without asking it yet, so that it can be cancelled from the first moment on.
    Call prepare(Question question);

    /// The models that can be asked, from a short-lived memory where there is one. Blocks for at most a few seconds.
    ///
    /// @throws UpstreamException where the server cannot be asked or does not answer with a list
    Models models();

    /// The same where it is known already, without waiting; else it is found out for whoever asks later.
    Optional<Models> knownModels();

    @Override
    void close();
}
