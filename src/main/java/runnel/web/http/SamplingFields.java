package runnel.web.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import runnel.chat.Sampling;

/// How a model is to write, as requests and answers say it.
public final class SamplingFields {
    private static final String TEMPERATURE = "temperature";
    private static final String MAX_TOKENS = "max_tokens";
    private static final String EFFORT = "reasoning_effort";

    private SamplingFields() {}

    public static Sampling read(Fields fields) {
        var effort = fields.text(EFFORT, 20);
        if (!effort.map(Sampling.EFFORTS::contains).orElse(true)) {
            fields.wrong(EFFORT, "must be one of %s".formatted(String.join(", ", Sampling.EFFORTS)));
        }
        return new Sampling(fields.number(TEMPERATURE, 0, 2), fields.whole(MAX_TOKENS, 1, Integer.MAX_VALUE), effort, Optional.empty());
    }

    /// What is there is changed, and what is null taken away.
    public static Sampling.Change change(Fields fields) {
        var given = read(fields);
        return new Sampling.Change(changed(fields, TEMPERATURE, given.temperature()), changed(fields, MAX_TOKENS, given.maxTokens()),
                changed(fields, EFFORT, given.effort()));
    }

    public static <T> Optional<Optional<T>> changed(Fields fields, String field, Optional<T> given) {
        return fields.nulled(field) || given.isPresent() ? Optional.of(given) : Optional.empty();
    }

    public static ObjectNode write(ObjectNode json, Sampling sampling) {
        return json.put(TEMPERATURE, sampling.temperature().orElse(null)).put(MAX_TOKENS, sampling.maxTokens().orElse(null))
                .put(EFFORT, sampling.effort().orElse(null));
    }
}
