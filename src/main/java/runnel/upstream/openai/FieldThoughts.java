package runnel.upstream.openai;

import java.util.regex.Matcher;

/// Takes the tags out of thoughts that come in a field of their own, where some servers leave them: an opening one where thoughts
/// begin, and each closing one. They may come in any pieces.
final class FieldThoughts {
    private final StringBuilder held = new StringBuilder();
    private boolean begins = true;

    /// What may be passed on of the thoughts so far.
    String more(String piece) {
        if (!begins && held.isEmpty() && ThinkTag.mayBegin(piece, 0) == piece.length()) {
            return piece;
        }
        held.append(piece);
        var bare = new StringBuilder();
        while (goesOn(bare)) {}
        return bare.toString();
    }

    /// What was held back, once there are no more.
    String rest() {
        String rest = held.toString();
        held.setLength(0);
        return rest;
    }

    private boolean goesOn(StringBuilder bare) {
        Matcher open = ThinkTag.OPEN.matcher(held);
        if (begins && open.lookingAt()) {
            held.delete(0, open.end());
        } else if (begins && open.hitEnd() && held.length() < ThinkTag.LONGEST) {
            return false;
        }
        Matcher close = ThinkTag.CLOSE.matcher(held);
        begins = close.find();
        int end = begins ? close.start() : ThinkTag.sureEnd(close, held);
        bare.append(held, 0, end);
        held.delete(0, begins ? close.end() : end);
        return begins && !held.isEmpty();
    }
}
