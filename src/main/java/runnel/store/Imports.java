package runnel.store;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import runnel.chat.Chat;
import runnel.chat.Id;
import runnel.chat.Notification.Change;
import runnel.chat.Role;

/// Takes in chats from elsewhere, as new chats with new ids.
public final class Imports {
    private final Database database;
    private final String defaultSystem;

    public Imports(Database database, String defaultSystem) {
        this.database = database;
        this.defaultSystem = defaultSystem;
    }

    /// A chat as an export has it.
    ///
    /// @param created  epoch milliseconds
    /// @param messages each behind the one that it answers
    public record ImportedChat(String title, Optional<String> model, Optional<String> system, long created, List<ImportedMessage> messages) {}

    /// A message as an export has it, with that export's own ids.
    ///
    /// @param role a prompt or a reply
    public record ImportedMessage(String id, Optional<String> parent, Role role, String content, String reasoning,
            Optional<String> model, long created) {
        public ImportedMessage under(Optional<String> other) {
            return new ImportedMessage(id, other, role, content, reasoning, model, created);
        }
    }

    /// Writes all of them, or none.
    ///
    /// @return their new ids, in order
    public List<String> take(String owner, List<ImportedChat> chats) {
        return database.write(sql -> chats.stream().map(chat -> take(sql, owner, chat)).toList());
    }

    private String take(Sql sql, String owner, ImportedChat imported) {
        long updated = imported.messages().stream().mapToLong(ImportedMessage::created).max().orElse(imported.created());
        var chat = new Chat(Id.next(), owner, imported.title(), imported.model(), imported.system().orElse(defaultSystem),
                false, false, imported.created(), updated);
        Chats.insert(sql, chat);
        Notifications.changed(database, sql, owner, chat.id(), Change.CREATED);
        var ids = new HashMap<String, String>();
        imported.messages().forEach(message -> {
            ids.put(message.id(), Id.next());
            insert(sql, chat.id(), ids, message);
        });
        return chat.id();
    }

    private static void insert(Sql sql, String chat, Map<String, String> ids, ImportedMessage message) {
        boolean reply = message.role() == Role.ASSISTANT;
        sql.update("""
                insert into message (id, chat, parent, role, content, reasoning,
                    status, finish_reason, model, epoch, stops, created)
                values (?, ?, ?, ?, ?, ?, 'complete', ?, ?, ?, ?, ?)""",
                ids.get(message.id()), chat, message.parent().map(ids::get), message.role().wire(),
                message.content(), message.reasoning(),
                reply ? "stop" : null, reply ? message.model().orElse("imported") : null, reply ? Id.epoch() : null, reply ? 1 : 0,
                message.created());
    }
}
