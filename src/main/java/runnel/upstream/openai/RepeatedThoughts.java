package runnel.upstream.openai;

/// Shows thoughts once that a server sends twice: in a field of their own, and between tags in the content. White space makes no
/// difference. Those between tags wait until the tag closes, as long as they may be the field's once more.
final class RepeatedThoughts {
    private final TextHash field = new TextHash();
    private final TextHash tags = new TextHash();
    private final StringBuilder held = new StringBuilder();
    private boolean closed;

    /// @return what of it is new
    String ofField(String piece) {
        add(field, piece);
        if (tags.isEmpty()) {
            return piece;
        }
        var said = new TextHash();
        add(said, piece);
        return said.isSame(tags) ? "" : piece;
    }

    /// @return what of it is new, as far as that is known
    String ofTags(String piece) {
        if (closed) {
            tags.forget();
            closed = false;
        }
        add(tags, piece);
        held.append(piece);
        return tags.isLongerThan(field) ? rest() : "";
    }

    /// The tag is closed, or the answer is over.
    ///
    /// @return what was held back and is new
    String closed() {
        closed = true;
        String rest = rest();
        return tags.isSame(field) ? "" : rest;
    }

    /// What is thought from now on is another thought.
    void answered() {
        field.forget();
    }

    private String rest() {
        String rest = held.toString();
        held.setLength(0);
        return rest;
    }

    /// Without its white space.
    private static void add(TextHash said, String piece) {
        for (int i = 0; i < piece.length(); i++) {
            if (!Character.isWhitespace(piece.charAt(i))) {
                said.add(piece.charAt(i));
            }
        }
    }
}
