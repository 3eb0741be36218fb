package runnel.store.chat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import runnel.chat.Attachment;
import runnel.chat.Id;
import runnel.chat.Refused;
import runnel.chat.Sha256;
import runnel.settings.Settings.OfUploads;
import runnel.store.Database;
import runnel.store.Row;
import runnel.store.Sql;
import runnel.store.StoreException;
import runnel.upload.Content;
import runnel.upload.FileName;

/// What people have sent to be put beside prompts. A row is one person's; the file of its content may be that of many rows.
/// An upload goes with the last message that has it, and a day after it came where there never was one; files follow the rows.
public record Uploads(Database database, OfUploads limits) {
    private static final long UNSENT_MILLIS = TimeUnit.DAYS.toMillis(1);
    private static final int PIECE = 16 << 10;
    private static final String NOBODY_HAS = "not exists (select 1 from used_upload where upload = upload.id)";

    /// To read what is there.
    public Uploads(Database database) {
        this(database, OfUploads.NO_LIMITS);
    }

    private UploadFiles files() {
        return new UploadFiles(database.uploads());
    }

    /// Takes in a file. It is on the disk when this returns; where anything fails, nothing is left of it.
    ///
    /// @throws Refused where it is of no use, or its owner has no room left
    /// @throws StoreException where there is no room on the disk
    public Attachment add(String owner, String name, InputStream content) {
        return add(owner, name, content, false);
    }

    /// @param once whether one that its owner's messages have already is as good
    public Attachment add(String owner, String name, InputStream content, boolean once) {
        try (var part = files().part(); var text = files().part()) {
            var digest = Sha256.digest();
            write(new DigestInputStream(content, digest), part.path());
            var examined = Content.of(part.path(), text.path());
            part.force();
            text.force();
            var hash = HexFormat.of().formatHex(digest.digest());
            var textHash = examined.text() ? Optional.of(Sha256.hex(Files.readAllBytes(text.path()))) : Optional.<String>empty();
            long size = Files.size(part.path());
            long textSize = Files.size(text.path());
            var clean = FileName.clean(name);
            var added = database.write(sql -> {
                var same = once ? attached(sql, owner, hash, clean) : Optional.<Attachment>empty();
                if (same.isPresent()) {
                    return same.get();
                }
                var upload = new Attachment(Id.next(), clean, examined.type(), size, examined.tokens(),
                        files().of(textHash.orElse(hash)));
                insert(sql, owner, upload, hash, textHash, textSize);
                files().place(part, hash);
                textHash.ifPresent(each -> files().place(text, each));
                return upload;
            });
            files().force();
            return added;
        } catch (IOException refused) {
            throw new StoreException("an upload cannot be written", refused);
        }
    }

    private Optional<Attachment> attached(Sql sql, String owner, String hash, String name) {
        return sql.first("select * from upload where owner = ? and hash = ? and name = ? and not " + NOBODY_HAS, row -> row(row, files()),
                owner, hash, name);
    }

    private void write(InputStream in, Path file) throws IOException {
        try (var out = Files.newOutputStream(file)) {
            var piece = new byte[PIECE];
            long size = 0;
            for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
                size += read;
                if (size > limits.bytes()) {
                    throw new Refused("too-large", 413, "Too large",
                            "A file may have at most %,d MB.".formatted(limits.bytes() >> 20));
                }
                out.write(piece, 0, read);
            }
        }
    }

    private void insert(Sql sql, String owner, Attachment upload, String hash, Optional<String> text, long textSize) {
        Chats.refuseDeleted(sql, owner);
        refuseFull(sql, owner, upload.size() + textSize);
        sql.update("""
                insert into upload (id, owner, hash, text, name, type, size, text_size, tokens, created)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""", upload.id(), owner, hash, text, upload.name(), upload.type(), upload.size(),
                textSize, upload.tokens(), System.currentTimeMillis());
    }

    private void refuseFull(Sql sql, String owner, long more) {
        if (sql.number("select coalesce(sum(size + text_size), 0) from upload where owner = ?", owner) + more > limits.bytesPerUser()) {
            throw new Refused("uploads-full", 413, "Too large",
                    "Your files may take %,d MB in all, and there is no room for more. Delete chats with files that you do not need."
                            .formatted(limits.bytesPerUser() >> 20));
        }
    }

    /// Puts what stands beside a message beside its copy too, which is to be `owner`'s.
    ///
    /// @throws Refused where its owner has no room left for what was somebody else's
    public void copy(Sql sql, String owner, String message, String copy) {
        record Beside(String upload, long position, String owner, long size) {}
        var all = sql.list("""
                select upload.*, attachment.position from attachment join upload on upload.id = attachment.upload
                where attachment.message = ? order by attachment.position""",
                row -> new Beside(row.text("id"), row.number("position"), row.text("owner"),
                        row.number("size") + row.number("text_size")), message);
        for (var each : all) {
            var upload = each.upload();
            if (!owner.equals(each.owner())) {
                refuseFull(sql, owner, each.size());
                upload = Id.next();
                sql.update("""
                        insert into upload (id, owner, hash, text, name, type, size, text_size, tokens, created)
                        select ?, ?, hash, text, name, type, size, text_size, tokens, ? from upload where id = ?""",
                        upload, owner, System.currentTimeMillis(), each.upload());
            }
            sql.update("insert into attachment (message, position, upload) values (?, ?, ?)", copy, each.position(), upload);
        }
    }

    /// An upload, and the file that was sent.
    public record Sent(Attachment upload, Path file) {}

    /// @return nothing where there is none, or it is somebody else's
    public Optional<Sent> find(String owner, String id) {
        return database.read(sql -> sql.first("select * from upload where id = ? and owner = ?",
                row -> new Sent(row(row, files()), files().of(row.text("hash"))), id, owner));
    }

    /// Those that a prompt names, in its order.
    ///
    /// @throws Refused where one is not there, or somebody else's
    public List<Attachment> named(String owner, List<String> ids) {
        return ids.stream().map(id -> find(owner, id).orElseThrow(Uploads::unknown).upload()).toList();
    }

    public static Refused unknown() {
        return Refused.field("attachments", "there is no such upload, or it is not yours");
    }

    /// @throws Refused where it is not there, or a message has it
    public void remove(String owner, String id) {
        find(owner, id).orElseThrow(Refused::notFound);
        if (database.write(sql -> sql.update("delete from upload where id = ? and owner = ? and " + NOBODY_HAS, id, owner)) == 0) {
            throw Refused.conflict("in-use", "This file belongs to a message. It goes with its chat.");
        }
        files().sweep(database);
    }

    /// All of one person's that stand beside messages of lasting chats, the oldest first.
    public List<Sent> attached(String owner, Optional<List<String>> chats) {
        return database.read(sql -> sql.list("""
                select * from upload where owner = ? and exists (
                    select 1 from attachment join message on message.id = attachment.message join chat on chat.id = message.chat
                    where upload = upload.id and chat.owner = upload.owner and coalesce(instr(?, chat.id), not temporary)) order by id""",
                row -> new Sent(row(row, files()), files().of(row.text("hash"))), owner, chats.map(Object::toString)));
    }

    /// Removes those that no message has come to have.
    public void forgetUnused(String owner, Collection<String> ids) {
        if (!ids.isEmpty()) {
            database.finish(sql -> {
                ids.forEach(id -> sql.update("delete from upload where id = ? and owner = ? and " + NOBODY_HAS, id, owner));
                return false;
            });
            files().sweep(database);
        }
    }

    /// Puts uploads beside a prompt.
    public static void attach(Sql sql, String owner, String message, List<String> uploads) {
        for (int i = 0; i < uploads.size(); i++) {
            if (sql.update("insert into attachment (message, position, upload) select ?, ?, id from upload where id = ? and owner = ?",
                    message, i, uploads.get(i), owner) == 0) {
                throw unknown();
            }
        }
    }

    /// What stands beside the messages of a chat whose ids lie between two.
    static Map<String, List<Attachment>> between(Database database, Sql sql, String chat, String first, String last) {
        var files = new UploadFiles(database.uploads());
        var attached = new HashMap<String, List<Attachment>>();
        sql.list("""
                select attachment.message, upload.* from message
                    join attachment on attachment.message = message.id
                    join upload on upload.id = attachment.upload
                where message.chat = ? and message.id between ? and ? order by attachment.message, attachment.position""",
                row -> attached.computeIfAbsent(row.text("message"), _ -> new ArrayList<>()).add(row(row, files)),
                chat, first, last);
        return attached;
    }

    private static Attachment row(Row row, UploadFiles files) {
        var text = row.text("text");
        return new Attachment(row.text("id"), row.text("name"), row.text("type"), row.number("size"),
                row.number("tokens"), files.of(text == null ? row.text("hash") : text));
    }

    /// Takes all uploads from their owner, whose account goes.
    public static void deleteAll(Sql sql, String owner) {
        sql.update("delete from upload where owner = ? and " + NOBODY_HAS, owner);
        sql.update("update upload set owner = ? where owner = ?", Deletion.OWNER, owner);
    }

    /// Removes what was never put beside a prompt, and what a crash has left.
    public void tidy() {
        database.write(sql -> sql.update("delete from upload where created < ? and " + NOBODY_HAS,
                System.currentTimeMillis() - UNSENT_MILLIS));
        for (var hash : files().hashes()) {
            if (database.read(sql -> !sql.exists("select 1 from upload where ? in (hash, text)", hash))) {
                database.write(sql -> sql.update("insert or ignore into loose_file (hash) values (?)", hash));
            }
        }
        files().sweep(database);
    }
}
