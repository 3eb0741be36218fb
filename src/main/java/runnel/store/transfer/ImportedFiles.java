package runnel.store.transfer;

import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import runnel.store.chat.Uploads;

/// The files of an import, by the export's ids.
public final class ImportedFiles {
    private final Uploads uploads;
    private final String owner;
    private final Map<String, String> taken = new HashMap<>();

    ImportedFiles(Uploads uploads, String owner) {
        this.uploads = uploads;
        this.owner = owner;
    }

    /// Takes in a file; one that its owner's messages have already takes no more room.
    ///
    /// @throws runnel.chat.Refused where it is of no use, or there is no room for it
    public void add(String id, String name, InputStream content) {
        taken.put(id, uploads.add(owner, name, content, true).id());
    }

    /// Whether all files of a message were taken in.
    public boolean hasAllOf(ImportedMessage message) {
        return taken.keySet().containsAll(message.attachments());
    }

    List<String> of(ImportedMessage message) {
        return message.attachments().stream().distinct().map(taken::get).filter(Objects::nonNull).toList();
    }

    void forgetUnused() {
        uploads.forgetUnused(owner, taken.values());
    }
}
