package runnel.store;

import runnel.chat.Notification.Change;
import runnel.chat.Reply;

/// The titles of chats that nobody has given one yet.
public record ChatTitles(Database database) {
    /// Whether the turn to find a title for the chat of a reply is still there.
    public boolean isWanted(Reply reply) {
        return database.read(sql -> sql.first("select 1 from chat where id = ? and untitled = 1", _ -> true, reply.chat())).isPresent();
    }

    /// Takes the one turn that there is to find a title for the chat of a reply, whatever comes of it.
    ///
    /// @return whether it is there
    public boolean claim(Reply reply) {
        return database.write(sql -> sql.update("update chat set untitled = 2 where id = ? and owner = ? and untitled = 1", reply.chat(),
                reply.owner())) > 0;
    }

    /// Gives a chat a title, unless a person did so meanwhile.
    public void set(Reply reply, String title) {
        database.write(sql -> {
            int set = sql.update("update chat set title = ?, untitled = 0 where id = ? and owner = ? and untitled = 2", title,
                    reply.chat(), reply.owner());
            if (set > 0) {
                Notifications.changed(database, sql, reply.owner(), reply.chat(), Change.CHANGED);
            }
            return set;
        });
    }
}
