package runnel.upstream;

import java.util.Optional;
import runnel.chat.Problem;
import runnel.chat.Usage;

/// How an answer ended.
public sealed interface Outcome {
    /// What it cost, where the upstream said so.
    Optional<Usage> usage();

    /// The model said that it was done: a finish reason or `[DONE]` was read.
    ///
    /// @param finishReason `stop`, `length`, `content_filter`, …; `stop` where only `[DONE]` came
    record Complete(String finishReason, Optional<Usage> usage) implements Outcome {}

    /// The upstream refused, broke off, stayed silent or talked nonsense.
    record Failed(Problem problem, Optional<Usage> usage) implements Outcome {}

    /// [Call#cancel] came first.
    record Cancelled(Optional<Usage> usage) implements Outcome {}
}
