package runnel.store.transfer;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToLongFunction;
import runnel.chat.Chat;
import runnel.chat.Id;
import runnel.chat.Notification.Change;
import runnel.chat.Refused;
import runnel.chat.Role;
import runnel.chat.Sampling;
import runnel.settings.Settings.OfUploads;
import runnel.store.Database;
import runnel.store.Sql;
import runnel.store.chat.Chats;
import runnel.store.chat.Deletion;
import runnel.store.chat.Messages;
import runnel.store.chat.Notifications;
import runnel.store.chat.PendingTexts;
import runnel.store.chat.RunColumns;
import runnel.store.chat.RunningReply;
import runnel.store.chat.Shares.Shown;
import runnel.store.chat.Uploads;
import runnel.store.reply.ReplyStarts;

/// Takes in chats from elsewhere, as new chats with new ids, unless they were taken in before.
public final class Imports {
    private static final String COPY = """
            insert into message (id, chat, parent, role, content, reasoning, calls, runs, status, finish_reason,
                prompt_tokens, completion_tokens, total_tokens, cached_tokens, reasoning_tokens,
                error_code, error_status, error_title, error_detail, model, epoch, stops, omitted,
                temperature, max_tokens, reasoning_effort, system, request, input, created, ended)
            select ?, ?, ?, role, content, reasoning, calls, runs, status, finish_reason,
                prompt_tokens, completion_tokens, total_tokens, cached_tokens, reasoning_tokens,
                error_code, error_status, error_title, error_detail, model, case when role = 'assistant' then ? end, stops, omitted,
                temperature, max_tokens, reasoning_effort,
                case when ? then system end, case when ? then request end, case when ? then input end, created,
                ended
            from message where id = ? and chat = ? and status <> 'streaming'""";

    private final Database database;
    private final String defaultSystem;
    private final OfUploads limits;

    public Imports(Database database, String defaultSystem) {
        this(database, defaultSystem, OfUploads.NO_LIMITS);
    }

    /// @param limits of files
    public Imports(Database database, String defaultSystem, OfUploads limits) {
        this.limits = limits;
        this.database = database;
        this.defaultSystem = ReplyStarts.firstMessage(defaultSystem);
    }

    /// The first message of chats that bring none.
    public String defaultSystem() {
        return defaultSystem;
    }

    /// A copy of what leads to a message, as a new chat of somebody.
    ///
    /// @param owner whose it is to be
    /// @param still looks once more, before anybody sees it, whether it may be copied
    /// @return its id
    /// @throws Refused where it is not there, a reply in it still runs, or it may not be copied any more
    public String copy(String owner, Shown from, Chat like, boolean whole, Runnable still) {
        try (var copy = begin(owner)) {
            var chat = copy.copy(from, like, whole);
            still.run();
            copy.publish();
            return chat;
        }
    }

    /// Begins to take in chats of one person.
    public Import begin(String owner) {
        return new Import(owner);
    }

    /// Chats on their way in. They are written in parts, between which others write, and belong to nobody until [#publish]; what
    /// is not published is removed, at the next start at the latest (see [runnel.store.account.Accounts#removeOrphans]).
    public final class Import implements AutoCloseable {
        private static final int PART_BYTES = 256 << 10;
        private static final int PART_MESSAGES = 200;

        private final String owner;
        private final String nobody = "import " + Id.next();
        /// By the hashes of their contents.
        private final Map<String, String> fresh = new LinkedHashMap<>();
        private final Set<String> known = new LinkedHashSet<>();
        private final ImportedFiles files;
        private boolean published;

        private Import(String owner) {
            this.owner = owner;
            this.files = new ImportedFiles(new Uploads(database, limits), owner);
        }

        /// The files for messages that come later.
        public ImportedFiles files() {
            return files;
        }

        /// Takes in a chat, unless it was taken in before or is the one that was exported.
        public void add(ImportedChat imported) {
            var fingerprint = imported.fingerprint();
            var before = database.read(sql -> sql.first("select chat from imported where owner = ? and fingerprint = ?",
                    row -> row.text("chat"), owner, fingerprint).or(() -> exported(sql, imported)))
                    .or(() -> Optional.ofNullable(fresh.get(fingerprint)));
            before.ifPresentOrElse(known::add, () -> fresh.put(fingerprint, write(imported)));
        }

        /// The chat of theirs that has these very messages.
        private Optional<String> exported(Sql sql, ImportedChat imported) {
            var messages = imported.messages();
            return messages.isEmpty() ? Optional.empty() : sql.first("""
                    select chat.id from message join chat on chat.id = message.chat where message.id = ? and chat.owner = ?""",
                    row -> row.text("id"), messages.getLast().id(), owner)
                    .filter(chat -> messages.stream().allMatch(message -> sql.number("""
                            select count(*) from message where id = ? and chat = ? and content = ? and reasoning = ?""",
                            message.id(), chat, message.text().contentText(), message.text().reasoningText()) == 1));
        }

        private String write(ImportedChat imported) {
            long updated = imported.messages().stream().mapToLong(ImportedMessage::created).max().orElse(imported.created());
            var chat = new Chat(Id.next(), nobody, imported.title(), imported.model(), imported.system().orElse(defaultSystem),
                    false, false, imported.created(), updated, Sampling.DEFAULT, false, imported.tags());
            database.write(sql -> Chats.insert(sql, chat));
            var ids = new HashMap<String, String>();
            var left = imported.messages();
            while (!left.isEmpty()) {
                var part = left.subList(0, partOf(left, message -> message.text().length()));
                database.write(sql -> {
                    part.forEach(message -> {
                        ids.put(message.id(), Id.next());
                        insert(sql, chat.id(), ids, message);
                        Uploads.attach(sql, owner, ids.get(message.id()), files.of(message));
                    });
                    return null;
                });
                left = left.subList(part.size(), left.size());
            }
            return chat.id();
        }

        /// Takes in what leads to a message of a chat that is here, each time anew.
        ///
        /// @param like  what the copy is to be like
        /// @param whole whether what programs alone have asked with is copied too
        /// @throws Refused where it is not there, or a reply in it still runs
        public String copy(Shown from, Chat like, boolean whole) {
            var path = database.read(sql -> Messages.path(sql, from.chat(), from.message()));
            Refused.requireFound(!path.isEmpty());
            long now = System.currentTimeMillis();
            var chat = new Chat(Id.next(), nobody, like.title(), like.model(), like.system(), false, false, now, now,
                    whole ? like.sampling() : Sampling.DEFAULT, false, whole ? like.tags() : List.of());
            database.write(sql -> Chats.insert(sql, chat));
            var parent = Optional.<String>empty();
            while (!path.isEmpty()) {
                var part = path.subList(0, partOf(path, Messages.Step::bytes));
                var above = parent;
                parent = database.write(sql -> copyPart(sql, part, from.chat(), chat.id(), above, whole));
                path = path.subList(part.size(), path.size());
            }
            fresh.put("copy " + chat.id(), chat.id());
            return chat.id();
        }

        /// @return the id of the last copy
        private Optional<String> copyPart(Sql sql, List<Messages.Step> part, String from, String chat, Optional<String> above,
                boolean whole) {
            var files = new Uploads(database, limits);
            var parent = above;
            for (var step : part) {
                var id = Id.next();
                if (sql.update(COPY, id, chat, parent, Id.epoch(), whole, whole, whole, step.id(), from) == 0) {
                    RunningReply.refuseAmong(sql, from, Set.of(step.id()));
                    throw Refused.notFound();
                }
                files.copy(sql, owner, step.id(), id);
                parent = Optional.of(id);
            }
            return parent;
        }

        /// At least one message.
        private static <M> int partOf(List<M> messages, ToLongFunction<M> bytes) {
            long size = 0;
            int count = 0;
            while (count < Math.min(messages.size(), PART_MESSAGES) && size < PART_BYTES) {
                size += bytes.applyAsLong(messages.get(count++));
            }
            return count;
        }

        /// Gives all of them to their owner, at once.
        public Taken publish() {
            database.write(sql -> {
                Chats.refuseDeleted(sql, owner);
                if (sql.update("update chat set owner = ? where owner = ?", owner, nobody) < fresh.size()) {
                    throw Refused.conflict("import-lost", "A server was started in the middle of this import. Import the file again.");
                }
                fresh.forEach((fingerprint, chat) -> {
                    sql.update("insert into imported (owner, fingerprint, chat) values (?, ?, ?) on conflict do nothing",
                            owner, fingerprint, chat);
                    Notifications.changed(database, sql, owner, chat, Change.CREATED);
                });
                return null;
            });
            published = true;
            PendingTexts.finish(database);
            return new Taken(List.copyOf(fresh.values()), List.copyOf(known));
        }

        @Override
        public void close() {
            files.forgetUnused();
            if (!published) {
                database.finish(sql -> {
                    Deletion.begin(sql, nobody);
                    return false;
                });
                Deletion.finish(database);
            }
        }
    }

    /// What came of an import.
    ///
    /// @param fresh the ids of the new chats, in order
    /// @param known the ids of those that had been imported before
    public record Taken(List<String> fresh, List<String> known) {}

    private static void insert(Sql sql, String chat, Map<String, String> ids, ImportedMessage message) {
        boolean reply = message.role() == Role.ASSISTANT;
        sql.update("""
                insert into message (id, chat, parent, role, content, reasoning, calls, runs,
                    status, finish_reason, model, epoch, stops, created)
                values (?, ?, ?, ?, ?, ?, ?, ?, 'complete', ?, ?, ?, ?, ?)""",
                ids.get(message.id()), chat, message.parent().map(ids::get), message.role().wire(),
                message.text().contentText(), message.text().reasoningText(),
                RunColumns.calls(message.text()), RunColumns.runs(message.text()),
                reply ? "stop" : null, reply ? message.model().orElse("imported") : null, reply ? Id.epoch() : null, reply ? 1 : 0,
                message.created());
    }
}
