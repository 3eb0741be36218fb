package runnel.store.transfer;

import java.util.List;
import java.util.Optional;
import runnel.chat.Role;
import runnel.chat.Snapshot;

/// A message as an export has it, with that export's own ids.
///
/// @param role a prompt or a reply
/// @param attachments the export's ids of the files beside it
public record ImportedMessage(String id, Optional<String> parent, Role role, Snapshot text, Optional<String> model, long created,
        List<String> attachments) {
    public ImportedMessage(String id, Optional<String> parent, Role role, Snapshot text, Optional<String> model, long created) {
        this(id, parent, role, text, model, created, List.of());
    }

    public ImportedMessage under(Optional<String> other) {
        return new ImportedMessage(id, other, role, text, model, created, attachments);
    }

    public ImportedMessage with(List<String> files) {
        return new ImportedMessage(id, parent, role, text, model, created, files);
    }
}
