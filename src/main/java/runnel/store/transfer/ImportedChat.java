package runnel.store.transfer;

import java.util.List;
import java.util.Optional;
import runnel.chat.Sha256;

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

    /// The same for the same conversation, whenever it was exported.
    String fingerprint() {
        var parts = new StringBuilder(Sha256.hex(title));
        messages.forEach(message -> parts.append(message.role()).append(Sha256.hex(message.id()))
                .append(Sha256.hex(message.parent().orElse("")))
                .append(Sha256.hex(message.text().reasoningText())).append(Sha256.hex(message.text().contentText())));
        return Sha256.hex(parts.toString());
    }
}
