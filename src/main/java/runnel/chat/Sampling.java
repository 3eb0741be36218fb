package runnel.chat;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/// How a model is to write this reply.
///
/// @param maxTokens the cap on the reply, in the model's tokens
/// @param asked     what else a program asked for
public record Sampling(OptionalDouble temperature, OptionalLong maxTokens, Optional<Asked> asked) {
    public static final Sampling DEFAULT = new Sampling(OptionalDouble.empty(), OptionalLong.empty());

    public Sampling(OptionalDouble temperature, OptionalLong maxTokens) {
        this(temperature, maxTokens, Optional.empty());
    }

    /// This, with the server's own temperature where none was asked for, and never more tokens than the server allows.
    public Sampling within(Sampling server) {
        var cap = maxTokens.isPresent() && server.maxTokens.isPresent()
                ? OptionalLong.of(Math.min(maxTokens.getAsLong(), server.maxTokens.getAsLong()))
                : maxTokens.isPresent() ? maxTokens : server.maxTokens;
        return new Sampling(temperature.isPresent() ? temperature : server.temperature, cap, asked);
    }
}
