package runnel.cli.terminal;

/// What a person has seen of a text, and how it goes together with what a server has of it: after a crash that may be a little less.
final class SeenText {
    private final StringBuilder seen = new StringBuilder();
    private int at;
    private boolean turned;

    /// The text comes from its beginning again.
    void restart() {
        at = 0;
    }

    /// @return what has not been seen of a piece. Where it differs from what was, that is the whole text so far, behind a blank line
    String unseen(String piece) {
        int known = Math.min(piece.length(), seen.length() - at);
        if (seen.substring(at, at + known).contentEquals(piece.subSequence(0, known))) {
            at += known;
            var fresh = piece.substring(known);
            seen.append(fresh);
            at += fresh.length();
            return fresh;
        }
        turned = true;
        seen.setLength(at);
        seen.append(piece);
        at = seen.length();
        return "\n\n" + seen;
    }

    /// Whether the last piece differed from what had been seen there.
    boolean hasTurned() {
        boolean now = turned;
        turned = false;
        return now;
    }

    /// How many characters were seen that the server has not.
    int beyond() {
        return seen.length() - at;
    }
}
