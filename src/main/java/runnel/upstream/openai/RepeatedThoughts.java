package runnel.upstream.openai;

/// Shows thoughts once that a server sends twice: in a field of their own, and between tags in the content. White space makes no
/// difference. Those between tags wait until the tag closes, as long as they may be the field's once more.
final class RepeatedThoughts {
    private final Said field = new Said();
    private final Said tags = new Said();
    private final StringBuilder held = new StringBuilder();
    private boolean closed;

    /// @return what of it is new
    String ofField(String piece) {
        var said = new Said();
        said.add(piece);
        field.add(piece);
        return said.length > 0 && said.isSame(tags) ? "" : piece;
    }

    /// @return what of it is new, as far as that is known
    String ofTags(String piece) {
        if (closed) {
            tags.forget();
            closed = false;
        }
        tags.add(piece);
        held.append(piece);
        return tags.length > field.length ? rest() : "";
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

    /// A text by its length and hash, without white space: it may be long, and there are many answers at once.
    private static final class Said {
        private int length;
        private int hash;

        void add(String piece) {
            for (int i = 0; i < piece.length(); i++) {
                if (!Character.isWhitespace(piece.charAt(i))) {
                    hash = 31 * hash + piece.charAt(i);
                    length++;
                }
            }
        }

        boolean isSame(Said other) {
            return length == other.length && hash == other.hash;
        }

        void forget() {
            length = 0;
            hash = 0;
        }
    }
}
