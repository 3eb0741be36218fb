package runnel.store.transfer;

import java.util.List;
import java.util.Optional;

/// A chat as an export has it.
///
/// @param created  epoch milliseconds
/// @param messages each behind the one that it answers
/// @param tags     see [runnel.chat.Tags]
public record ImportedChat(String title, Optional<String> model, Optional<String> system, long created,
        List<ImportedMessage> messages, List<String> tags) {
    public ImportedChat(String title, Optional<String> model, Optional<String> system, long created, List<ImportedMessage> messages) {
        this(title, model, system, created, messages, List.of());
    }

    public ImportedChat tagged(List<String> others) {
        return new ImportedChat(title, model, system, created, messages, others);
    }
}
