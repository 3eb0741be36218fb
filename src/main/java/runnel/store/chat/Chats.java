package runnel.store.chat;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import runnel.chat.Asked;
import runnel.chat.Chat;
import runnel.chat.Id;
import runnel.chat.Message;
import runnel.chat.Notification.Change;
import runnel.chat.Refused;
import runnel.chat.Role;
import runnel.chat.Sampling;
import runnel.store.Database;
import runnel.store.Row;
import runnel.store.Sql;

/// The chats of one account. A chat of somebody else is not among them, so it is not found.
public record Chats(Database database, String owner) {
    public Optional<Chat> find(String id) {
        return database.read(sql -> find(sql, owner, id));
    }

    public static Optional<Chat> find(Sql sql, String owner, String id) {
        return sql.first("select * from chat where id = ? and owner = ?", Chats::row, id, owner);
    }

    /// The ids of all that are to stay, the oldest first.
    public List<String> ids() {
        return database.read(sql -> sql.list("select id from chat where owner = ? and not temporary order by id",
                row -> row.text("id"), owner));
    }

    /// One page of the list, pinned chats first, then the newest.
    ///
    /// @param query where given, only chats whose title or messages have its words in them, and that are as its filters for chats say
    /// @param after the last row of the page before
    public List<Chat> list(Optional<SearchQuery> query, Optional<PageKey> after, int limit) {
        var filters = query.orElse(SearchQuery.ALL);
        if (query.isEmpty() || !filters.hasWords()) {
            return database.read(sql -> list(sql, Optional.empty(), filters, after, limit));
        }
        PendingTexts.beforeSearch(database);
        return database.search(owner, sql -> filters.match(sql, owner)
                .map(match -> list(sql, Optional.of(match), filters, after, limit)).orElse(List.of()));
    }

    private List<Chat> list(Sql sql, Optional<String> match, SearchQuery filters, Optional<PageKey> after, int limit) {
        var id = after.map(PageKey::id);
        return sql.list("""
                select * from chat
                where owner = ? and not temporary
                  and (? is null or id in (
                       select chat from search_entry where id in (select rowid from search_text where search_text match ?)))
                  and pinned = coalesce(?, pinned) and archived = coalesce(?, archived)
                  and instr(tags, coalesce(',' || ? || ',', '')) > 0
                  and (? is null or (pinned, updated, id) < (?, ?, ?))
                order by pinned desc, updated desc, id desc
                limit ?""",
                Chats::row, owner, match, match, filters.filter("pinned"), filters.filter("archived"), filters.filter("tag"), id,
                after.map(PageKey::pinned), after.map(PageKey::updated), id, limit);
    }

    /// How many prompts wait in a chat: see [runnel.store.reply.PromptQueue].
    public long queued(String id) {
        return database.read(sql -> sql.number("select count(*) from queued_prompt where chat = ?", id));
    }

    /// How long the longest message is, in bytes of UTF-8.
    public long longestMessage() {
        return database.read(sql -> sql.number(Messages.LONGEST + "chat in (select id from chat where owner = ?)", owner));
    }

    /// Where a page of the list ends.
    public record PageKey(boolean pinned, long updated, String id) {}

    /// What is to be changed about a chat; what is not given stays as it is.
    ///
    /// @param model the model that answers from now on; an inner nothing leaves that to the server
    public record Changes(Optional<String> title, Optional<Optional<String>> model, Optional<String> system, Optional<Boolean> pinned,
            Optional<Boolean> archived, Sampling.Change sampling, Optional<List<String>> tags) {}

    /// @return the chat as it is now; nothing where there is no such chat
    public Optional<Chat> change(String id, Changes changes) {
        return database.write(sql -> {
            var changed = sql.first("""
                    update chat set title = coalesce(?, title), untitled = case when ? then 0 else untitled end,
                        model = case when ? then ? else model end, system = coalesce(?, system),
                        pinned = coalesce(?, pinned), archived = coalesce(?, archived),
                        tags = coalesce(?, tags),
                        temperature = case when ? then ? else temperature end,
                        max_tokens = case when ? then ? else max_tokens end,
                        reasoning_effort = case when ? then ? else reasoning_effort end
                    where id = ? and owner = ? returning *""",
                    Chats::row, changes.title(), changes.title().isPresent(),
                    changes.model().isPresent(), changes.model().flatMap(model -> model), changes.system(),
                    changes.pinned(), changes.archived(), changes.tags().map(Chats::joined),
                    changes.sampling().temperature().isPresent(), changes.sampling().temperature().flatMap(to -> to),
                    changes.sampling().maxTokens().isPresent(), changes.sampling().maxTokens().flatMap(to -> to),
                    changes.sampling().effort().isPresent(), changes.sampling().effort().flatMap(effort -> effort), id, owner);
            changed.ifPresent(_ -> Notifications.changed(database, sql, owner, id, Change.CHANGED));
            return changed;
        });
    }

    /// Whether the turn to find a title for a chat is still there.
    public boolean wantsTitle(String id) {
        return database.read(sql -> sql.exists("select 1 from chat where id = ? and untitled = 1", id));
    }

    /// Takes the one turn that there is to find a title for a chat, whatever comes of it.
    ///
    /// @return whether it is there
    public boolean claimTitle(String id) {
        return database.write(sql -> sql.update("update chat set untitled = 2 where id = ? and owner = ? and untitled = 1", id, owner)) > 0;
    }

    /// Gives a chat a title, unless a person did so meanwhile.
    public void setTitle(String id, String title) {
        database.write(sql -> {
            int set = sql.update("update chat set title = ?, untitled = 0 where id = ? and owner = ? and untitled = 2", title, id, owner);
            if (set > 0) {
                Notifications.changed(database, sql, owner, id, Change.CHANGED);
            }
            return set;
        });
    }

    /// Deletes a chat and its messages.
    ///
    /// @return whether there was such a chat
    public boolean delete(String id) {
        boolean deleted = database.write(sql -> {
            boolean begun = Deletion.begin(sql, owner, id);
            if (begun) {
                Notifications.changed(database, sql, owner, id, Change.DELETED);
            }
            return begun;
        });
        if (deleted) {
            Deletion.finishSoon(database);
        }
        return deleted;
    }

    /// Deletes a message and what hangs on it. A link that shows any of it ends.
    ///
    /// @throws Refused where there is no such message, or a reply among them runs
    public void delete(String id, String message) {
        database.write(sql -> {
            var chat = find(sql, owner, id).orElseThrow(Refused::notFound);
            Deletion.begin(sql, chat, message);
            Notifications.changed(database, sql, owner, id, Change.CHANGED);
            return null;
        });
        Deletion.finishSoon(database);
    }

    /// Writes another version of a reply, which a person made of it, beside it.
    ///
    /// @throws Refused where there is no such message, or it is a prompt or a reply that runs
    public Message edit(String id, String message, String content) {
        return database.write(sql -> {
            var old = find(sql, owner, id).flatMap(_ -> Messages.find(sql, id, message)).orElseThrow(Refused::notFound);
            if (old.role() != Role.ASSISTANT) {
                throw Refused.conflict("not-a-reply", "A prompt is edited by another prompt beside it: ask with the same parent.");
            }
            RunningReply.refuseAmong(sql, id, Set.of(message));
            var edited = Id.next();
            long now = System.currentTimeMillis();
            sql.update("""
                    insert into message (id, chat, parent, role, content, status, finish_reason, model, epoch, stops, created, ended)
                    values (?, ?, ?, 'assistant', ?, 'complete', 'edited', ?, ?, 1, ?, ?)""",
                    edited, id, old.parent(), content, old.model(), Id.epoch(), now, now);
            Notifications.changed(database, sql, owner, id, Change.CHANGED);
            return Messages.find(sql, id, edited).orElseThrow();
        });
    }

    /// @throws Refused where its owner's account was deleted meanwhile
    public static int insert(Sql sql, Chat chat) {
        refuseDeleted(sql, chat.owner());
        return sql.update("""
                insert into chat (id, owner, title, model, system, pinned, archived, created, updated,
                    temperature, max_tokens, reasoning_effort, temporary, tags)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
                chat.id(), chat.owner(), chat.title(), chat.model(), chat.system(), chat.pinned(), chat.archived(),
                chat.created(), chat.updated(),
                chat.sampling().temperature(), chat.sampling().maxTokens(), chat.sampling().effort(), chat.temporary(),
                joined(chat.tags()));
    }

    public static void refuseDeleted(Sql sql, String owner) {
        Refused.requireFound(!sql.exists("select 1 from deleted_account where id = ?", owner));
    }

    /// How to write, as chats, replies and presets have it.
    public static Sampling sampling(Row row, Optional<Asked> asked) {
        return new Sampling(row.optionalDecimal("temperature"), row.optionalNumber("max_tokens"), row.optionalText("reasoning_effort"),
                asked);
    }

    public static Chat row(Row row) {
        return new Chat(row.text("id"), row.text("owner"), row.text("title"),
                row.optionalText("model"), row.text("system"), row.flag("pinned"),
                row.flag("archived"), row.number("created"), row.number("updated"), sampling(row, Optional.empty()),
                row.flag("temporary"), Stream.of(row.text("tags").split(",")).filter(tag -> !tag.isEmpty()).toList());
    }

    /// As the database has them: the lists of each chat begin and end with a comma, so that each tag stands between two.
    private static String joined(List<String> tags) {
        return tags.isEmpty() ? "" : tags.stream().collect(Collectors.joining(",", ",", ","));
    }
}
