package runnel.upstream.openai;

/// Where in a Markdown text one is, as far as that decides whether a tag is meant or only spoken of.
final class TextPosition {
    private static final String QUOTES = "`\"'“‘«„([<";
    private static final String SENTENCE_ENDS = ".!?:;…。！？：；*_)”’»";
    private static final int FENCE = 3;

    private final StringBuilder lineStart = new StringBuilder();
    private boolean inFence;
    private boolean inCode;
    private boolean spaced;
    /// The last character of the line that is no white space; 0 where there is none.
    private char before;
    private char last;

    /// Goes behind the first characters of a text.
    void pass(CharSequence text, int count) {
        for (int i = 0; i < count; i++) {
            pass(text.charAt(i));
        }
    }

    private void pass(char next) {
        last = next;
        if (next == '\n') {
            inFence ^= lineStart.toString().matches("```|~~~");
            lineStart.setLength(0);
            inCode = false;
            before = 0;
        } else if (lineStart.length() < FENCE) {
            lineStart.append(next == ' ' && lineStart.isEmpty() ? "" : next);
        }
        inCode ^= next == '`';
        spaced = Character.isWhitespace(next);
        before = spaced ? before : next;
    }

    /// Whether a tag that comes now is not quoted.
    boolean mayHoldTag() {
        return !inFence && last != '`' && last != '"';
    }

    /// Whether what comes now may be the beginning of a sentence: it is on a new line, or behind a sentence, or joined to a word.
    boolean maySentenceBegin() {
        return isJoined() || !inFence && !inCode && spaced && SENTENCE_ENDS.indexOf(before) >= 0;
    }

    /// Whether what comes now is on a new line or joined to a word, as nobody writes a tag who speaks of it.
    boolean isJoined() {
        return !inFence && !inCode && (before == 0 || !spaced && QUOTES.indexOf(before) < 0);
    }
}
