package runnel.web.transfer;

import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import runnel.chat.Chat;
import runnel.chat.Message;
import runnel.store.Database;
import runnel.store.chat.Chats;
import runnel.store.chat.Messages;
import runnel.store.chat.Presets;
import runnel.store.chat.Uploads;
import runnel.web.http.Json;
import runnel.web.transfer.ChatJson.ShownMessage;

/// All chats of one person as a zip, with the files beside their messages and the person's presets, each chat as the JSON that an
/// import takes back and as Markdown to read. It is written as it goes.
///
/// @param shown how a message is shown that may be running
public record ChatArchive(Database database, BiFunction<Chat, Message, ShownMessage> shown) {
    /// Replies that run are in it with what is stored of them.
    public ChatArchive(Database database) {
        this(database, (_, message) -> new ShownMessage(message, Optional.empty()));
    }

    /// @return how many chats there are
    public int write(String owner, OutputStream out) throws IOException {
        return write(owner, Optional.empty(), out);
    }

    /// @param only the ids of the chats, where it is not all of them
    public int write(String owner, Optional<List<String>> only, OutputStream out) throws IOException {
        var chats = new Chats(database, owner);
        int count = 0;
        try (var zip = new ZipOutputStream(out)) {
            // first, so that an import knows them when it meets their chats
            for (var sent : new Uploads(database).attached(owner, only)) {
                if (Files.exists(sent.file())) {
                    zip.putNextEntry(new ZipEntry("uploads/" + sent.upload().id() + "/" + sent.upload().name()));
                    Files.copy(sent.file(), zip);
                }
            }
            if (only.isEmpty()) {
                for (var preset : new Presets(database, List::of).list(owner)) {
                    zip.putNextEntry(new ZipEntry("presets/" + DownloadName.of(preset.name()).shown() + " " + preset.id() + ".json"));
                    Json.write(zip, json -> json.writeTree(PresetJson.exported(preset)));
                }
            }
            for (var id : only.orElseGet(chats::ids)) {
                var chat = chats.find(id);
                if (chat.isPresent()) { // else it was deleted meanwhile
                    write(zip, chat.get());
                    count++;
                }
            }
        }
        return count;
    }

    private void write(ZipOutputStream zip, Chat chat) throws IOException {
        var name = "chats/" + DownloadName.of(chat.title()).shown() + " " + chat.id();
        zip.putNextEntry(new ZipEntry(name + ".json"));
        Json.write(zip, out -> ChatJson.whole(out, ChatJson.exported(chat), Messages.pagesOfChat(database, chat.id(), ""),
                message -> shown.apply(chat, message)));
        zip.putNextEntry(new ZipEntry(name + ".md"));
        var writer = new OutputStreamWriter(zip, StandardCharsets.UTF_8);
        MarkdownExport.write(writer, chat, Messages.newestBranch(database, chat.id()).iterator());
        writer.flush();
        zip.closeEntry();
    }
}
