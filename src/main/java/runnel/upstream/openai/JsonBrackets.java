package runnel.upstream.openai;

/// Counts the brackets of JSON that passes byte by byte, but for those in its strings.
final class JsonBrackets {
    private int open;
    private boolean quoted;
    private boolean escaped;

    /// @return whether none is open any more behind a closing one
    boolean closeWith(byte next) {
        if (next == '"' && !escaped) {
            quoted = !quoted;
        }
        escaped = quoted && next == '\\' && !escaped;
        if (quoted) {
            return false;
        }
        boolean closing = next == '}' || next == ']';
        open = Math.max(0, open + (next == '{' || next == '[' ? 1 : closing ? -1 : 0));
        return closing && open == 0;
    }

    boolean areOpen() {
        return open > 0;
    }

    void forget() {
        open = 0;
        quoted = false;
        escaped = false;
    }
}
