package runnel.upstream.openai;

/// A text that grows, known by its length and hash only: it may be long, and there are many answers at once.
final class TextHash {
    private int length;
    private int hash;

    void add(String text) {
        for (int i = 0; i < text.length(); i++) {
            add(text.charAt(i));
        }
    }

    void add(char sign) {
        hash = 31 * hash + sign;
        length++;
    }

    boolean isEmpty() {
        return length == 0;
    }

    boolean isLongerThan(TextHash other) {
        return length > other.length;
    }

    boolean isSame(TextHash other) {
        return length == other.length && hash == other.hash;
    }

    /// What comes behind it in a text that begins with it, or null where it does not.
    String rest(String text) {
        return text.length() >= length && text.substring(0, length).hashCode() == hash ? text.substring(length) : null;
    }

    void forget() {
        length = 0;
        hash = 0;
    }
}
