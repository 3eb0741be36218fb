package runnel.upstream.openai;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import runnel.upstream.openai.ErrorBody.Parameter;

/// What is known of how a model is asked: what it does not take, and how it spells the cap on its answer. `max_tokens` is what
/// most compatible servers know; OpenAI's newer models know only `max_completion_tokens`.
///
/// @param thinksFirst   its answers begin in the middle of its thoughts, whose opening tag is in its template
/// @param contextTokens how many tokens fit, where it refused a question that was too long
/// @param endsByReason  a finish reason was the end of its answers: no text followed one. This is learned anew by each process
record Dialect(Parameter cap, Set<Part> refused, boolean thinksFirst, Optional<Long> contextTokens, boolean endsByReason) {
    static final Dialect COMMON = new Dialect(Parameter.MAX_TOKENS, Set.of(), false, Optional.empty(), false);

    /// What a question can do without.
    enum Part {
        TEMPERATURE, STREAM_OPTIONS,
        /// How much to think.
        EFFORT,
        /// The wish to be shown what the model thinks.
        REASONING,
        /// The beginning of an answer, to go on with.
        PREFILL,
        /// Anything before the first prompt: a system message, an assistant's greeting.
        PREAMBLE
    }

    /// In one line, for [runnel.upstream.Lessons].
    String written() {
        return String.join(" ", cap.name(), refused.stream().map(Part::name).sorted().collect(Collectors.joining(",")),
                Boolean.toString(thinksFirst), Long.toString(contextTokens.orElse(0L)));
    }

    /// The same from what [#written] made; what another version made counts for nothing.
    static Dialect read(String written) {
        try {
            var parts = written.split(" ", 4);
            var refused = Stream.of(parts[1].split(",")).filter(name -> !name.isEmpty()).map(Part::valueOf)
                    .collect(Collectors.toUnmodifiableSet());
            var context = Optional.of(Long.parseLong(parts[3])).filter(tokens -> tokens > 0);
            return new Dialect(Parameter.valueOf(parts[0]), refused, Boolean.parseBoolean(parts[2]), context, false);
        } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException other) {
            return COMMON;
        }
    }

    boolean takes(Part part) {
        return !refused.contains(part);
    }

    /// What to speak to a model that refuses `parameter`. Nothing where there is no other way: a cap that its server
    /// takes in neither spelling is never dropped in silence, as it may be there to save money.
    Optional<Dialect> without(Parameter parameter) {
        return switch (parameter) {
            case MAX_TOKENS -> Optional.of(new Dialect(Parameter.MAX_COMPLETION_TOKENS, refused, thinksFirst, contextTokens, endsByReason))
                    .filter(_ -> cap == parameter);
            case MAX_COMPLETION_TOKENS -> Optional.empty();
            case TEMPERATURE -> without(Part.TEMPERATURE);
            case STREAM_OPTIONS -> without(Part.STREAM_OPTIONS);
            case REASONING_EFFORT -> without(Part.EFFORT);
        };
    }

    /// The same for a part of the question; nothing where it was left out already.
    Optional<Dialect> without(Part part) {
        var more = Stream.concat(refused.stream(), Stream.of(part)).collect(Collectors.toUnmodifiableSet());
        return Optional.of(new Dialect(cap, more, thinksFirst, contextTokens, endsByReason)).filter(_ -> takes(part));
    }

    Dialect thinkingFirst(boolean does) {
        return new Dialect(cap, refused, does, contextTokens, endsByReason);
    }

    Dialect withContext(Optional<Long> tokens) {
        return new Dialect(cap, refused, thinksFirst, tokens, endsByReason);
    }

    Dialect endingByReason(boolean does) {
        return new Dialect(cap, refused, thinksFirst, contextTokens, does);
    }
}
