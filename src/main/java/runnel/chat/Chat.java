package runnel.chat;

import java.util.List;
import java.util.Optional;

/// A conversation, without its messages.
///
/// @param owner   the account whose it is; nobody else learns that it exists
/// @param model   the model that answers here, where one was chosen
/// @param system  the first message that the model reads
/// @param created   epoch milliseconds, as `updated`, which is when it was last written in
/// @param sampling  how the model writes here, where nothing else is asked for
/// @param temporary whether it is in no list, and is deleted a day after its last reply
/// @param tags      see [Tags]
public record Chat(String id, String owner, String title, Optional<String> model, String system, boolean pinned, boolean archived,
        long created, long updated, Sampling sampling, boolean temporary, List<String> tags) {
    private static final int TITLE_LENGTH = 60;

    public Chat(String id, String owner, String title, Optional<String> model, String system, boolean pinned, boolean archived,
            long created, long updated) {
        this(id, owner, title, model, system, pinned, archived, created, updated, Sampling.DEFAULT, false, List.of());
    }

    /// A title for a chat that begins with `prompt`: its first line, cut at a word.
    public static String titleFor(String prompt) {
        var line = prompt.lines().map(String::strip).filter(text -> !text.isEmpty()).findFirst().orElse("");
        if (line.codePointCount(0, line.length()) <= TITLE_LENGTH) {
            return line;
        }
        var cut = line.substring(0, line.offsetByCodePoints(0, TITLE_LENGTH));
        int word = cut.lastIndexOf(' ');
        return (word > TITLE_LENGTH / 2 ? cut.substring(0, word) : cut) + "…";
    }
}
