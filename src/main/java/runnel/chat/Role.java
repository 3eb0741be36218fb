package runnel.chat;

/// Who speaks in a chat. The names on the wire and in the database are the lower-case ones of the OpenAI API.
public enum Role {
    SYSTEM, USER, ASSISTANT;

    public String wire() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    public static Role of(String wire) {
        return valueOf(wire.toUpperCase(java.util.Locale.ROOT));
    }
}
