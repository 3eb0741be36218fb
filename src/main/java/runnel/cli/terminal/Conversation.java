package runnel.cli.terminal;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jline.reader.Candidate;
import org.jline.reader.ParsedLine;
import runnel.cli.terminal.Talk.Asked;
import runnel.cli.terminal.Talk.Question;

/// A conversation: what is said is a prompt, unless it begins with a slash.
final class Conversation {
    private static final String HELP = """
            /model [NAME]    the model that answers from now on; without a name, those that there are
            /system [TEXT]   begins a new chat with this as its first message
            /file PATH       sends a text, an image or a PDF with the next prompt
            /chat [ID]       goes on with this chat; without an id, the newest chats
            /new             begins a new chat
            /retry           asks for the last reply once more
            /stop            stops the reply that runs in this chat
            /quit            leaves; so does Ctrl-D
            A line that ends with \\ goes on in the next; Alt-Enter and pasting do the same. // begins a prompt with a slash.
            Ctrl-C stops a reply, twice it leaves.
            """;
    private static final List<String> COMMANDS = HELP.lines().filter(line -> line.startsWith("/")).map(line -> line.split(" ")[0]).toList();
    private static final int NEWEST = 20;

    private final Api api;
    private final Talk talk;
    private final Screen screen;
    private final Lines lines;
    private final List<Path> files;
    private Optional<String> chat;
    private Optional<String> model;
    private Optional<String> system;
    private final Optional<String> preset;
    private Optional<String> reply = Optional.empty();
    private int status;

    /// @param begin what to begin with, without a prompt
    Conversation(Api api, Talk talk, Screen screen, Lines lines, Question begin) {
        this.api = api;
        this.talk = talk;
        this.screen = screen;
        this.lines = lines;
        this.chat = begin.chat();
        this.model = begin.model();
        this.system = begin.system();
        this.preset = begin.preset();
        this.files = new ArrayList<>(begin.files());
    }

    /// @return the exit status: what became of the last reply
    int run() throws IOException {
        for (var said = lines.next(); said.isPresent(); said = lines.next()) {
            try {
                if (said.get().strip().equals("/quit")) {
                    break;
                }
                take(said.get().strip());
            } catch (Failure refused) {
                screen.say(refused.getMessage() + "\n");
                status = refused.status();
            }
        }
        return status;
    }

    private void take(String said) throws IOException {
        if (said.startsWith("/") && !said.startsWith("//")) {
            var words = said.split("\\s+", 2);
            command(words[0], Optional.of(words.length > 1 ? words[1] : "").filter(rest -> !rest.isEmpty()));
        } else if (!said.isEmpty()) {
            var prompt = said.startsWith("//") ? said.substring(1) : said;
            read(talk.ask(new Question(prompt, chat, model, chat.isPresent() ? Optional.empty() : system,
                    chat.isPresent() ? Optional.empty() : preset, List.copyOf(files))));
            files.clear();
        }
    }

    private void command(String name, Optional<String> rest) throws IOException {
        switch (name) {
            case "/model" -> rest.ifPresentOrElse(this::choose, () -> list(models()));
            case "/system" -> {
                system = Optional.of(rest.orElse(""));
                begin(Optional.empty());
            }
            case "/file" -> files.add(PromptText.readable(Path.of(rest.orElseThrow(() -> Failure.wrong("Which file?")))));
            case "/chat" -> rest.ifPresentOrElse(id -> begin(Optional.of(id)), () -> list(chats()));
            case "/new" -> begin(Optional.empty());
            case "/retry" -> read(talk.again(reply.orElseThrow(() -> Failure.wrong("There is no reply yet."))));
            case "/stop" -> talk.stop(running().orElseThrow(() -> Failure.wrong("No reply runs in this chat.")));
            case "/help" -> screen.say(HELP);
            default -> throw Failure.wrong("There is no command " + Printable.line(name) + ": /help explains those that there are.");
        }
    }

    private void choose(String name) {
        model = Optional.of(name);
    }

    private void begin(Optional<String> id) {
        id.ifPresent(there -> get("/api/chats/" + Api.id(there)));
        chat = id;
        reply = Optional.empty();
    }

    private void read(Optional<Asked> asked) throws IOException {
        if (asked.isEmpty()) {
            return;
        }
        chat = Optional.of(asked.get().chat());
        reply = Optional.of(asked.get().reply());
        lines.listening(true);
        try {
            status = talk.read(asked.get().reply(), Optional.empty(), ReplyOutput.on(screen)).status();
            screen.write("\n");
        } finally {
            lines.listening(false);
        }
    }

    private void list(Stream<Candidate> candidates) {
        candidates.forEach(one -> screen.say(one.value() + (one.descr() == null ? "" : "  " + Printable.line(one.descr())) + "\n"));
    }

    private Optional<String> running() {
        return chat.map(Api::id).flatMap(id -> get("/api/chats/" + id).path("messages").valueStream()
                .filter(message -> message.path("status").asText().equals("streaming")).findFirst())
                .map(message -> message.path("id").asText());
    }

    private Stream<Candidate> models() {
        return get("/api/models").path("models").valueStream().map(one -> new Candidate(Printable.line(one.path("id").asText())));
    }

    private Stream<Candidate> chats() {
        return get("/api/chats?limit=" + NEWEST).path("chats").valueStream()
                .map(one -> candidate(one.path("id").asText(), one.path("id").asText(), Printable.line(one.path("title").asText()), true));
    }

    private static Candidate candidate(String value, String shown, String description, boolean complete) {
        return new Candidate(value, shown, null, description, null, null, complete);
    }

    private static Stream<Candidate> files(String typed) {
        var folder = typed.substring(0, typed.lastIndexOf('/') + 1);
        try (var files = Files.list(Path.of(folder.isEmpty() ? "." : folder))) {
            return files.filter(file -> file.getFileName().toString().startsWith(typed.substring(folder.length())))
                    .map(file -> candidate(folder + file.getFileName() + (Files.isDirectory(file) ? "/" : ""),
                            Printable.line(file.getFileName().toString()), null, !Files.isDirectory(file))).toList().stream();
        } catch (IOException | InvalidPathException none) {
            return Stream.empty();
        }
    }

    private JsonNode get(String path) {
        try {
            var answer = api.get(path);
            if (!answer.isGood()) {
                throw Failure.refused(answer.status(), answer.body());
            }
            return answer.body();
        } catch (IOException cut) {
            throw Failure.wrong("The server cannot be reached: " + Talk.reason(cut) + ".");
        }
    }

    /// What may stand where the cursor is.
    void complete(ParsedLine line, List<Candidate> candidates) {
        if (!line.line().startsWith("/")) {
            return;
        }
        try {
            switch (line.wordIndex() == 0 ? "" : line.words().getFirst()) {
                case "" -> COMMANDS.forEach(name -> candidates.add(new Candidate(name)));
                case "/model" -> models().forEach(candidates::add);
                case "/chat" -> chats().forEach(candidates::add);
                case "/file" -> files(line.word()).forEach(candidates::add);
                default -> {} // free text
            }
        } catch (Failure unreachable) {
            // then nothing is offered
        }
    }
}
