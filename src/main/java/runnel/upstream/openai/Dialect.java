package runnel.upstream.openai;

import java.util.Optional;
import runnel.upstream.openai.ErrorBody.Parameter;

/// Which of the optional parameters a model takes, and how it spells the cap on its answer. `max_tokens` is what most
/// compatible servers know; OpenAI's newer models know only `max_completion_tokens`.
record Dialect(Parameter cap, boolean temperature, boolean usage, boolean prefill) {
    static final Dialect COMMON = new Dialect(Parameter.MAX_TOKENS, true, true, true);

    /// What to speak to a model that refuses `parameter`. Nothing where there is no other way: a cap that its server
    /// takes in neither spelling is never dropped in silence, as it may be there to save money.
    Optional<Dialect> without(Parameter parameter) {
        return switch (parameter) {
            case MAX_TOKENS -> cap == parameter
                    ? Optional.of(new Dialect(Parameter.MAX_COMPLETION_TOKENS, temperature, usage, prefill))
                    : Optional.empty();
            case MAX_COMPLETION_TOKENS -> Optional.empty();
            case TEMPERATURE -> temperature ? Optional.of(new Dialect(cap, false, usage, prefill)) : Optional.empty();
            case STREAM_OPTIONS -> usage ? Optional.of(new Dialect(cap, temperature, false, prefill)) : Optional.empty();
        };
    }

    /// What to speak to a model that does not go on with an answer which it is given.
    Dialect withoutPrefill() {
        return new Dialect(cap, temperature, usage, false);
    }
}
