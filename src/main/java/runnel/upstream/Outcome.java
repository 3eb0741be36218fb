package runnel.upstream;

import java.util.Optional;
import runnel.chat.Problem;
import runnel.chat.Usage;

/// How an answer ended.
public sealed interface Outcome {
    /// The code of the problem that the question does not fit into the model's context. No model has read it then.
    String TOO_LONG = "upstream-context-exceeded";

    /// What it cost, where the upstream said so.
    Optional<Usage> usage();

    /// The model said that it was done: a finish reason or `[DONE]` was read.
    ///
    /// @param finishReason `stop`, `length`, `content_filter` or `tool_calls`; `stop` where only `[DONE]` came
    record Complete(String finishReason, Optional<Usage> usage) implements Outcome {}

    /// The upstream refused, broke off, stayed silent or talked nonsense.
    record Failed(Problem problem, Optional<Usage> usage) implements Outcome {}

    /// [Call#cancel] came first.
    record Cancelled(Optional<Usage> usage) implements Outcome {}
}
