package runnel.upstream.openai;

/// Tells what is new in a chunk. Some servers send beside each piece, or in place of it, a `message` with the whole text so far;
/// others put into it a piece, or in the end the whole once more.
///
/// The text so far is known by its length and hash only: it may be long, and there are many answers at once.
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
        private int length;
        private int hash;

        /// @param hasPieces whether the server sends pieces, so that a message which does not go on from them is none
        String more(String piece, String message, boolean hasPieces) {
            boolean grows = message.length() >= length && message.substring(0, length).hashCode() == hash;
            String more = !piece.isEmpty() || message.isEmpty() ? piece : grows ? message.substring(length) : hasPieces ? "" : message;
            for (int i = 0; i < more.length(); i++) {
                hash = 31 * hash + more.charAt(i);
            }
            length += more.length();
            return more;
        }
    }
}
