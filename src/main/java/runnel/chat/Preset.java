package runnel.chat;

import java.util.Optional;

/// What a chat can begin with, by a name.
///
/// @param model  the model that answers; else the chat's or the server's
/// @param system the first message that the model reads: empty for none, absent for the server's
/// @param prompt a text to begin a prompt with; `{{name | type:default}}` in it are variables that a person fills in
public record Preset(String id, String name, Optional<String> model, Optional<String> system, Sampling sampling, Optional<String> prompt) {
    public static final int MAX_NAME = 100;
    public static final int MAX_TEXT = 100_000;
    private static final String FILE = "file-";

    /// The id of one that is a file, which is the same for as long as the file has its name.
    public static String idOfFile(String name) {
        return FILE + Sha256.hex(name).substring(0, 32);
    }

    /// Whether it is a file of the operator's, which only they change.
    public boolean isFile() {
        return id.startsWith(FILE);
    }

    /// Whether it says the same, whichever ids the two have.
    public boolean saysWhat(Preset other) {
        return equals(new Preset(id, other.name, other.model, other.system, other.sampling, other.prompt));
    }
}
