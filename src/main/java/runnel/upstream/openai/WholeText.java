package runnel.upstream.openai;

/// Tells what is new in a chunk. Some servers send beside each piece, or in place of it, a `message` with the whole text so far;
/// others put into it a piece, or in the end the whole once more.
final class WholeText {
    private final Part reasoning = new Part();
    private final Part content = new Part();
    private final Part refusal = new Part();
    private boolean hasPieces;

    Chunk.Text more(Chunk chunk) {
        hasPieces |= !chunk.piece().isEmpty();
        return new Chunk.Text(reasoning.more(chunk.piece().reasoning(), chunk.message().reasoning(), hasPieces),
                content.more(chunk.piece().content(), chunk.message().content(), hasPieces),
                refusal.more(chunk.piece().refusal(), chunk.message().refusal(), hasPieces));
    }

    private static final class Part {
        private final TextHash soFar = new TextHash();

        /// @param hasPieces whether the server sends pieces, so that a message which does not go on from them is none
        String more(String piece, String message, boolean hasPieces) {
            String rest = soFar.rest(message);
            String more = !piece.isEmpty() || message.isEmpty() ? piece : rest != null ? rest : hasPieces ? "" : message;
            soFar.add(more);
            return more;
        }
    }
}
