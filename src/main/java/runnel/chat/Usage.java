package runnel.chat;

/// What a reply cost, in the model's own tokens, as the upstream counted them.
public record Usage(long promptTokens, long completionTokens, long totalTokens) {}
