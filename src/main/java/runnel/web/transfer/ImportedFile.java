package runnel.web.transfer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.zip.ZipInputStream;
import runnel.chat.Preset;
import runnel.chat.Refused;
import runnel.store.chat.Presets;
import runnel.store.transfer.ImportedChat;
import runnel.store.transfer.Imports;
import runnel.store.transfer.Imports.Taken;
import runnel.web.http.JsonEntries;

/// A file of chats: a chat as JSON, an array of them, or a zip with such files, as [ChatArchive] writes it and as other programs
/// give it; presets of this server among them. Of a zip only what is named `.json` is read.
public final class ImportedFile {
    /// What a zip begins with: an entry, or the end of one that has none.
    private static final byte[] ENTRY = {'P', 'K', 3, 4};
    private static final byte[] END = {'P', 'K', 5, 6};
    private static final int MAX_SKIPPED = 100;
    private static final Pattern UPLOAD = Pattern.compile("uploads/([^/]+)/([^/]+)");
    /// But for what macOS puts beside each file.
    private static final Pattern DOCUMENT = Pattern.compile("(?i)(?!__MACOSX/)(.*/)?(?!\\._)[^/]*\\.json");
    /// How many people ever have, and few enough to remember all of their ids.
    private static final int MAX_CHATS = 100_000;
    private static final int MAX_PARTS = 500_000;
    private static final int MAX_SHOWN = 200;
    /// What a zip may unfold to: a byte of it can become a thousand.
    private static final long MAX_UNFOLDED = 2L << 30;

    private final Imports imports;
    private final Presets presets;
    private final ArrayNode skipped;
    private final Runnable still;
    /// Where programs and scripts put a list of chats into an object.
    private static final List<String> LISTS = List.of("conversations", "chats", "data", "history");
    /// With the entries that they came in.
    private final Map<Integer, Preset> found = new LinkedHashMap<>();
    private int entry;
    private int chats;
    private int added;

    /// @param skipped gets what was not understood
    /// @param still   throws where it is not to go on
    public ImportedFile(Imports imports, Presets presets, ArrayNode skipped, Runnable still) {
        this.imports = imports;
        this.presets = presets;
        this.skipped = skipped;
        this.still = still;
    }

    /// How many presets were new.
    public int presets() {
        return added;
    }

    /// Takes in all of it, or nothing. An entry that is not understood costs itself only.
    ///
    /// @throws Refused where it cannot be read
    public Taken take(String owner, InputStream file) throws IOException {
        try (var taking = imports.begin(owner)) {
            var body = new BufferedInputStream(file);
            if (isZip(body)) {
                unfold(taking, new ZipInputStream(body));
            } else {
                entries(taking, body);
            }
            var taken = taking.publish();
            found.forEach((number, preset) -> orSkip(number, preset.name(), () -> added += presets.take(owner, preset) ? 1 : 0));
            if (taken.fresh().isEmpty() && taken.known().isEmpty() && found.isEmpty() && !skipped.isEmpty()) {
                throw new Refused("unknown-format", 422, "Unknown format",
                        skipped.get(0).get("detail").asText() + " Nothing was imported.");
            }
            return taken;
        }
    }

    private static boolean isZip(InputStream body) throws IOException {
        body.mark(ENTRY.length);
        var begin = body.readNBytes(ENTRY.length);
        body.reset();
        return Arrays.equals(begin, ENTRY) || Arrays.equals(begin, END);
    }

    private void unfold(Imports.Import taking, ZipInputStream zip) {
        var unfolded = new UnfoldedEntry(zip);
        try {
            int parts = 0;
            for (var part = zip.getNextEntry(); part != null; part = zip.getNextEntry()) {
                still.run();
                refuseMore(++parts, MAX_PARTS, "entries");
                var upload = UPLOAD.matcher(part.getName());
                if (upload.matches()) {
                    upload(taking, upload.group(1), upload.group(2), unfolded);
                } else if (DOCUMENT.matcher(part.getName()).matches()) {
                    document(taking, part.getName(), unfolded);
                }
                unfolded.transferTo(OutputStream.nullOutputStream()); // what the zip would skip uncounted
            }
        } catch (IOException | IllegalArgumentException broken) { // the latter for a name that is not UTF-8
            throw Refused.malformed("The zip is damaged, or not whole. Nothing was imported.");
        }
    }

    /// One that is broken costs itself only, and one with no chat in it, of which every program adds some, is named once.
    private void document(Imports.Import taking, String name, InputStream body) {
        int before = skipped.size();
        int had = chats;
        try {
            entries(taking, body);
            if (chats == had && skipped.size() > before) {
                while (skipped.size() > before) {
                    skipped.remove(before);
                }
                skip(entry, name, "There is no chat in it.");
            }
        } catch (Refused broken) {
            if (broken.problem().status() != 400) {
                throw broken;
            }
            skip(entry, name, broken.problem().detail());
        }
    }

    private void upload(Imports.Import taking, String id, String name, InputStream body) {
        entry++;
        orSkip(entry, name, () -> taking.files().add(id, name, body));
    }

    /// What is refused costs itself only.
    private void orSkip(int number, String title, Runnable take) {
        try {
            take.run();
        } catch (Refused refused) {
            if (refused.problem().status() == 503) {
                throw refused; // it may be taken later
            }
            skip(number, title, refused.problem().detail());
        }
    }

    private void skip(int number, String title, String detail) {
        if (skipped.size() < MAX_SKIPPED) {
            skipped.addObject().put("entry", number).put("title", beginning(title)).put("detail", beginning(detail));
        }
    }

    private static String beginning(String text) {
        return text.codePoints().limit(MAX_SHOWN).collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static void refuseMore(int count, int most, String what) {
        if (count > most) {
            throw new Refused("too-large", 413, "Too large",
                    "A file may have at most %,d %s. Nothing was imported.".formatted(most, what));
        }
    }

    private void entries(Imports.Import taking, InputStream body) {
        try (var entries = new JsonEntries(body)) {
            while (entries.next()) {
                entry++;
                take(taking, entries);
            }
        }
    }

    private void take(Imports.Import taking, JsonEntries entries) {
        entries.read().ifPresentOrElse(document -> take(taking, document, true),
                () -> skip(entry, "", "A chat may have at most %,d bytes here.".formatted(JsonEntries.MAX_BYTES)));
    }

    /// @param lists whether it may be a list of chats
    private void take(Imports.Import taking, JsonNode document, boolean lists) {
        still.run();
        if (document instanceof ObjectNode row && row.path("format").asText().equals(PresetJson.FORMAT)) {
            preset(row);
            return;
        }
        var chat = chat(document);
        var list = LISTS.stream().map(document::path).filter(JsonNode::isArray).findFirst()
                .filter(_ -> lists && chat.isEmpty());
        if (list.isPresent()) {
            list.get().forEach(each -> take(taking, each, false));
            return;
        }
        var title = document.path("title").asText(document.path("name").asText());
        chat.ifPresent(each -> {
            refuseMore(++chats, MAX_CHATS, "chats");
            taking.add(each);
        });
        if (chat.isEmpty()) {
            skip(entry, title, "This is not a chat that Runnel, ChatGPT, Claude, Open WebUI or LibreChat has exported.");
        } else if (!chat.get().messages().stream().allMatch(taking.files()::hasAllOf)) {
            skip(entry, title, "Files beside its messages are not in this file before it, so the chat was imported without them.");
        }
    }

    private void preset(ObjectNode row) {
        var title = row.path("name").asText();
        if (found.size() == Presets.MAX) {
            skip(entry, title, "A person can have %d presets.".formatted(Presets.MAX));
        } else {
            orSkip(entry, title, () -> found.put(entry, PresetJson.read(row)));
        }
    }

    private static Optional<ImportedChat> chat(JsonNode document) {
        return Arrays.stream(ImportFormat.values()).filter(format -> format.fits(document)).findFirst()
                .map(format -> format.read(document));
    }

    /// The entry of a zip that is being read. Who closes it goes on to the next.
    private static final class UnfoldedEntry extends FilterInputStream {
        private long left = MAX_UNFOLDED;

        UnfoldedEntry(InputStream in) {
            super(in);
        }

        @Override
        public int read(byte[] bytes, int from, int length) throws IOException {
            int read = super.read(bytes, from, length);
            left -= Math.max(0, read);
            if (left < 0) {
                throw new Refused("too-large", 413, "Too large",
                        "The zip unfolds to more than %,d bytes. Nothing was imported.".formatted(MAX_UNFOLDED));
            }
            return read;
        }

        @Override
        public void close() {
            // the zip goes on
        }
    }
}
