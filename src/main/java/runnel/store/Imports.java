package runnel.store;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
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
        return database.write(handle -> chats.stream().map(chat -> take(handle, owner, chat)).toList());
    }

    private String take(Handle handle, String owner, ImportedChat imported) {
        long updated = imported.messages().stream().mapToLong(ImportedMessage::created).max().orElse(imported.created());
        var chat = new Chat(Id.next(), owner, imported.title(), imported.model(), imported.system().orElse(defaultSystem),
                false, false, imported.created(), updated);
        Chats.insert(handle, chat);
        Notifications.changed(database, handle, owner, chat.id(), Change.CREATED);
        var ids = new HashMap<String, String>();
        imported.messages().forEach(message -> {
            ids.put(message.id(), Id.next());
            insert(handle, chat.id(), ids, message);
        });
        return chat.id();
    }

    private static void insert(Handle handle, String chat, Map<String, String> ids, ImportedMessage message) {
        boolean reply = message.role() == Role.ASSISTANT;
        handle.createUpdate("""
                        insert into message (id, chat, parent, role, content, reasoning, status, finish_reason, model, epoch, stops, created)
                        values (:id, :chat, :parent, :role, :content, :reasoning, 'complete', :reason, :model, :epoch, :stops, :created)""")
                .bind("id", ids.get(message.id())).bind("chat", chat).bind("parent", message.parent().map(ids::get).orElse(null))
                .bind("role", message.role().wire()).bind("content", message.content()).bind("reasoning", message.reasoning())
                .bind("reason", reply ? "stop" : null).bind("model", reply ? message.model().orElse("imported") : null)
                .bind("epoch", reply ? Id.epoch() : null).bind("stops", reply ? 1 : 0).bind("created", message.created())
                .execute();
    }
}
