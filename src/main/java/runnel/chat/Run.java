package runnel.chat;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// A part of a reply that is of one kind.
public record Run(Kind kind, Slice text) {
    public static Run of(Kind kind, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return new Run(kind, new Slice(bytes, 0, bytes.length));
    }

    /// What a reply may hold. The world is closed: whoever reads a reply says of each kind what becomes of it.
    public enum Kind {
        /// What the model thinks, as far as it shows that.
        REASONING,
        /// What it answers.
        TEXT,
        /// Why it does not answer. It is said to the person who asked, as text is.
        REFUSAL,
        /// What it wants to be done: see [FunctionCall]. Each call is a run of its own.
        FUNCTION_CALL;

        /// As the API writes it.
        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }

        /// Whether it is part of the answer that a person reads.
        public boolean isContent() {
            return switch (this) {
                case TEXT, REFUSAL -> true;
                case REASONING, FUNCTION_CALL -> false;
            };
        }
    }
}
