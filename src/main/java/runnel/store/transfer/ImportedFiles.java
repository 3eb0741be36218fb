package runnel.store.transfer;

import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import runnel.chat.Notification.Change;
import runnel.chat.Sha256;
import runnel.store.Database;
import runnel.store.Sql;
import runnel.store.chat.Notifications;
import runnel.store.chat.Uploads;

/// The files of an import, by the export's ids. What was left out the first time (for want of room, say) is put beside the messages of
/// chats that are here already.
public final class ImportedFiles {
    private final Database database;
    private final Uploads uploads;
    private final String owner;
    private final Map<String, String> taken = new HashMap<>();
    /// Of chats that are here, by the ids of their messages.
    private final Map<String, Map<String, List<String>>> found = new HashMap<>();

    ImportedFiles(Database database, Uploads uploads, String owner) {
        this.database = database;
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

    /// Finds the messages of a chat that is here: one is known by what it says, and by how many before it say the same.
    void find(String chat, List<ImportedMessage> messages) {
        if (messages.stream().allMatch(message -> of(message).isEmpty())) {
            return;
        }
        var there = said(chat);
        for (var message : messages) {
            var same = there.get(said(message.role().wire(), message.text().contentText()));
            var id = same == null ? null : same.poll();
            if (id != null && !of(message).isEmpty()) {
                found.computeIfAbsent(chat, _ -> new HashMap<>()).put(id, of(message));
            }
        }
    }

    /// The ids of those that say the same, in their order.
    private Map<String, Deque<String>> said(String chat) {
        var there = new HashMap<String, Deque<String>>();
        database.read(sql -> sql.list("select id, role, content from message where chat = ? order by id",
                row -> there.computeIfAbsent(said(row.text("role"), row.text("content")), _ -> new ArrayDeque<>())
                        .add(row.text("id")), chat));
        return there;
    }

    private static String said(String role, String text) {
        return role + Sha256.hex(text);
    }

    /// Puts beside those messages what they have not.
    void attachFound(Sql sql) {
        found.forEach((chat, messages) -> {
            int brought = 0;
            for (var message : messages.entrySet()) {
                brought += message.getValue().stream().mapToInt(file -> attachMissing(sql, message.getKey(), file)).sum();
            }
            if (brought > 0) {
                Notifications.changed(database, sql, owner, chat, Change.CHANGED);
            }
        });
    }

    private static int attachMissing(Sql sql, String message, String upload) {
        return sql.update("""
                insert into attachment (message, position, upload)
                select message.id, (select coalesce(max(position) + 1, 0) from attachment where message = message.id), upload.id
                from message, upload where message.id = ? and upload.id = ? and not exists (
                    select 1 from attachment join upload as there on there.id = attachment.upload
                    where attachment.message = message.id and there.hash = upload.hash and there.name = upload.name)""",
                message, upload);
    }

    void forgetUnused() {
        uploads.forgetUnused(owner, taken.values());
    }
}
