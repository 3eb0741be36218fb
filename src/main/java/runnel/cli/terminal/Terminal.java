package runnel.cli.terminal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import runnel.cli.Arguments;
import runnel.cli.terminal.Talk.Outcome;
import runnel.cli.terminal.Talk.Question;

/// What `ask`, `chat` and `attach` do.
final class Terminal {
    /// In English, French, German, Italian, Portuguese, Spanish, Russian, Chinese and Japanese.
    private static final Pattern BROKEN_PIPE = Pattern.compile("(?i)pipe|tubería|канала|管道|パイプ");

    private static final long PATIENCE_MILLIS = 3_000;

    private final Servers servers;
    private final Screen screen;
    private final LastReply last;
    private final Interrupts interrupts = new Interrupts(this::leave);
    private final Api api;
    private final Talk talk;
    private Lines leaving = Optional::empty;
    private Conversation conversation;

    Terminal(Servers servers, Api api, Screen screen, LastReply last) {
        this.servers = servers;
        this.screen = screen;
        this.last = last;
        this.api = api;
        this.talk = new Talk(servers, api, screen, interrupts, last);
    }

    /// At once: what runs in a server goes on there.
    private void leave() {
        last.flush();
        leaving.listening(false);
        if (!servers.isOwn()) {
            screen.say("\n[The reply goes on. `runnel attach` reads it.]\n");
        }
        Runtime.getRuntime().halt(Interrupts.STATUS);
    }

    int ask(Arguments given) throws IOException {
        var waiting = Thread.ofVirtual().unstarted(() -> {
            if (Pause.millis(PATIENCE_MILLIS)) {
                screen.say("[Standard input belongs to the prompt, and has not ended yet.]\n");
            }
        });
        screen.pipe().ifPresent(_ -> waiting.start());
        var question = question(given, String.join(" ", given.<List<String>>argument().orElse(List.of())), screen.pipe());
        waiting.interrupt();
        if (question.prompt().isBlank()) {
            throw Failure.wrong("There is nothing to ask: give a prompt, or one through a pipe. `runnel chat` is a conversation.");
        }
        interrupts.listen();
        long began = System.nanoTime();
        var asked = talk.ask(question);
        if (asked.isEmpty()) {
            return Interrupts.STATUS;
        }
        if (given.has("--verbose")) {
            screen.sayDimmed("chat " + asked.get().chat() + "\nreply " + asked.get().reply() + "\n");
        }
        return read(given, asked.get().reply(), Optional.empty(), began);
    }

    int attach(Arguments given) throws IOException {
        var known = last.read();
        var named = given.<String>argument();
        var reply = named.map(Api::id).or(() -> known.map(LastReply.Bookmark::reply))
                .orElseThrow(() -> Failure.wrong("No reply was read here yet: name one, as in `runnel attach REPLY`."));
        if (named.isEmpty()) {
            known.flatMap(LastReply.Bookmark::named).ifPresent(servers::suggest);
        }
        var cursor = known.filter(place -> place.reply().equals(reply) && !place.read() && !given.has("--whole"))
                .map(LastReply.Bookmark::cursor).filter(place -> !place.isEmpty());
        interrupts.listen();
        return read(given, reply, cursor, System.nanoTime());
    }

    int chat(Arguments given) throws IOException {
        var begin = question(given, "", Optional.empty());
        boolean typed = screen.pipe().isEmpty() && screen.terminal();
        try (var lines = typed ? new TypedLines((_, line, found) -> conversation.complete(line, found), last.folder(),
                screen.drawn(), interrupts::pressed) : Lines.of(screen.pipe().orElse(System.in))) {
            leaving = lines;
            if (!typed) {
                interrupts.listen();
            }
            conversation = new Conversation(api, talk, screen, lines, begin);
            return conversation.run();
        } catch (Lines.Left enough) {
            return Interrupts.STATUS;
        } catch (IOException unwritten) {
            return unwritten(unwritten);
        }
    }

    /// Who has read enough, as `head` has, makes no failure; a full disk is one. The system tells them apart in the user's language.
    private int unwritten(IOException why) {
        if (BROKEN_PIPE.matcher(String.valueOf(why.getMessage())).find()) {
            return 0;
        }
        screen.say("Standard output cannot be written: " + why.getMessage() + ".\n");
        return 1;
    }

    private int read(Arguments given, String reply, Optional<String> cursor, long began) throws IOException {
        var out = given.has("--json") ? new JsonOutput(screen) : ReplyOutput.on(screen);
        try {
            var outcome = talk.read(reply, cursor, out);
            if (given.has("--verbose")) {
                figures(outcome, System.nanoTime() - began);
            }
            return outcome.status();
        } catch (IOException unwritten) {
            return unwritten(unwritten);
        }
    }

    private void figures(Outcome outcome, long nanos) {
        var usage = outcome.stop().map(data -> data.path("usage")).filter(node -> node.isObject()).map(node -> ", %d + %d tokens"
                .formatted(node.path("prompt_tokens").asLong(), node.path("completion_tokens").asLong())).orElse("");
        var status = outcome.stop().map(data -> data.path("status").asText()).orElse("read before");
        screen.sayDimmed("%s, %.1f s%s\n".formatted(status, nanos / 1e9, usage));
    }

    private Question question(Arguments given, String prompt, Optional<InputStream> pipe) {
        return new Question(PromptText.of(prompt, pipe), given.text("--chat"), given.text("--model"), given.text("--system"),
                given.text("--preset").map(talk::preset), given.<List<Path>>value("--file").orElse(List.of()));
    }
}
