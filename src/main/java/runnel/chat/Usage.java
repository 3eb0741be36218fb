package runnel.chat;

/// What a reply cost, in the model's own tokens, as the upstream counted them.
///
/// @param cachedTokens    those of the prompt that the model server had read before
/// @param reasoningTokens those of the completion that the model thought with
public record Usage(long promptTokens, long completionTokens, long totalTokens, long cachedTokens, long reasoningTokens) {
    public Usage(long promptTokens, long completionTokens, long totalTokens) {
        this(promptTokens, completionTokens, totalTokens, 0, 0);
    }
}
