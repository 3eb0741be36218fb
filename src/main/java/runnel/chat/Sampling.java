package runnel.chat;

import java.util.List;
import java.util.Optional;

/// How a model is to write.
///
/// @param maxTokens the cap on the reply, in the model's tokens
/// @param effort    how much it is to think first: one of [#EFFORTS]
/// @param asked     what else a program asked for
public record Sampling(Optional<Double> temperature, Optional<Long> maxTokens, Optional<String> effort, Optional<Asked> asked) {
    public static final Sampling DEFAULT = new Sampling(Optional.empty(), Optional.empty());
    /// OpenAI's words, which others have taken over; which of them a model knows is its own matter.
    public static final List<String> EFFORTS = List.of("none", "minimal", "low", "medium", "high", "xhigh", "max");

    public Sampling(Optional<Double> temperature, Optional<Long> maxTokens) {
        this(temperature, maxTokens, Optional.empty(), Optional.empty());
    }

    /// This, with the server's own temperature where none was asked for, and never more tokens than the server allows.
    public Sampling within(Sampling server) {
        var cap = maxTokens.map(own -> Math.min(own, server.maxTokens.orElse(own))).or(server::maxTokens);
        return new Sampling(temperature.or(server::temperature), cap, effort, asked);
    }

    /// This, with what `other` says of the rest.
    public Sampling or(Sampling other) {
        return new Sampling(temperature.or(other::temperature), maxTokens.or(other::maxTokens), effort.or(other::effort),
                asked.or(other::asked));
    }

    /// What is to be changed; what is not given stays as it is, and an inner nothing takes it away.
    public record Change(Optional<Optional<Double>> temperature, Optional<Optional<Long>> maxTokens, Optional<Optional<String>> effort) {
        public static final Change NONE = new Change(Optional.empty(), Optional.empty(), Optional.empty());

        public Sampling of(Sampling old) {
            return new Sampling(temperature.orElse(old.temperature), maxTokens.orElse(old.maxTokens), effort.orElse(old.effort), old.asked);
        }
    }
}
