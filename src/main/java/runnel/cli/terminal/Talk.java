package runnel.cli.terminal;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import runnel.cli.terminal.LastReply.Bookmark;

/// Asks, and reads replies.
record Talk(Servers servers, Api api, Screen screen, Interrupts interrupts, LastReply last) {
    private static final long PATIENCE_NANOS = 60_000_000_000L;
    /// Where the server was not reached even once.
    private static final long FIRST_PATIENCE_NANOS = 10_000_000_000L;

    /// @param files what is put beside the prompt
    record Question(String prompt, Optional<String> chat, Optional<String> model, Optional<String> system,
            Optional<String> preset, List<Path> files) {}

    private interface Attempt {
        Api.Answer make() throws IOException;
    }

    /// A reply that was asked for.
    record Asked(String chat, String reply) {}

    /// How a reply ended: 0, 1 or 130, as an exit status says it.
    ///
    /// @param stop the data of the `stop` event; nothing where that had been read before
    record Outcome(int status, Optional<JsonNode> stop) {}

    /// Sends a prompt once, however often that has to be tried: its id sees to that.
    ///
    /// @return nothing where nobody waits for it any more
    /// @throws Failure where the server refuses, or cannot be reached for a minute
    Optional<Asked> ask(Question question) {
        question.files.forEach(PromptText::readable);
        servers.startAhead();
        api.prepare();
        var body = Api.object().put("id", UUID.randomUUID().toString()).put("prompt", question.prompt);
        question.chat.ifPresent(chat -> body.put("chat", chat));
        question.model.ifPresent(model -> body.put("model", model));
        question.system.ifPresent(system -> body.put("system", system));
        question.preset.ifPresent(preset -> body.put("preset", preset));
        for (var file : question.files) {
            var sent = delivered(() -> api.upload(file), true);
            if (sent.isEmpty()) {
                return Optional.empty();
            }
            body.withArray("attachments").add(sent.get().path("id").asText());
        }
        return delivered(() -> api.post("/api/chat", body), true).map(Talk::asked);
    }

    /// The id of the preset that has this name, or is this id.
    ///
    /// @throws Failure where there is none, or the server cannot be asked
    String preset(String name) {
        try {
            var answer = api.get("/api/presets");
            if (!answer.isGood()) {
                throw Failure.refused(answer.status(), answer.body());
            }
            return answer.body().path("presets").valueStream()
                    .filter(one -> one.path("name").asText().equals(name) || one.path("id").asText().equals(name)).findFirst()
                    .orElseThrow(() -> Failure.wrong("There is no preset " + Printable.line(name) + ".")).path("id").asText();
        } catch (IOException cut) {
            throw Failure.unreachable(servers.address().toString(), reason(cut));
        }
    }

    /// Asks the model once more for the same.
    Optional<Asked> again(String reply) {
        return delivered(() -> api.post("/api/replies/" + reply + "/regenerate", Api.object()), false).map(Talk::asked);
    }

    private static Asked asked(JsonNode answer) {
        if (!answer.hasNonNull("reply")) {
            throw Failure.foreign();
        }
        return new Asked(answer.path("chat").asText(), answer.path("reply").asText());
    }

    /// @param repeats whether it may be tried again
    /// @return what was answered; nothing where nobody waits for it any more
    private Optional<JsonNode> delivered(Attempt attempt, boolean repeats) {
        long began = System.nanoTime();
        var pause = new Pause();
        boolean reached = !repeats;
        for (boolean first = true; ; first = false) {
            Failure failure;
            try {
                var answer = attempt.make();
                if (answer.isGood()) {
                    return Optional.of(answer.body());
                }
                failure = Failure.refused(answer.status(), answer.body());
                if (answer.status() < 500) {
                    throw failure;
                }
                reached = true;
            } catch (IOException cut) {
                failure = Failure.unreachable(servers.address().toString(), reason(cut));
                reached |= !(cut instanceof ConnectException || cut instanceof UnknownHostException);
            }
            if (interrupts.isWanted()) {
                return Optional.empty();
            }
            if (!repeats || System.nanoTime() - began > (reached ? PATIENCE_NANOS : FIRST_PATIENCE_NANOS)) {
                throw failure;
            }
            if (first) {
                screen.sayDimmed("[" + failure.getMessage() + " Trying again…]\n");
            }
            pause.next();
        }
    }

    static String reason(IOException cut) {
        return switch (cut) {
            case ConnectException _ -> "nobody answers there";
            case UnknownHostException _ -> "there is no such host";
            case javax.net.ssl.SSLException _ -> "no secure connection comes about";
            case java.net.SocketTimeoutException _ -> "it takes too long";
            default -> "the connection was cut";
        };
    }

    /// Reads a reply to its end.
    ///
    /// @throws IOException where whoever it is written to has gone
    Outcome read(String reply, Optional<String> cursor, ReplyOutput out) throws IOException {
        interrupts.stopBy(() -> stop(reply));
        var server = servers.named();
        last.is(new Bookmark(server, reply, cursor.orElse(""), false), true);
        try {
            var stop = new ReplyReader(api, reply, cursor, out, place -> last.is(new Bookmark(server, reply, place, false), false)).read();
            last.is(new Bookmark(server, reply, "", true), true);
            return new Outcome(stop.map(this::status).orElse(0), stop);
        } finally {
            interrupts.over();
            last.flush();
        }
    }

    /// Tells the server to stop it; what it has written by then comes to the reader.
    void stop(String reply) {
        try {
            var answer = api.post("/api/replies/" + reply + "/stop", Api.object());
            if (!answer.isGood()) {
                screen.say(Failure.refused(answer.status(), answer.body()).getMessage() + "\n");
            }
        } catch (IOException cut) {
            screen.say("\n[The server cannot be told to stop: " + reason(cut) + ". Ctrl-C again leaves; the reply goes on there.]\n");
        }
    }

    private int status(JsonNode stop) {
        var status = stop.path("status").asText();
        var detail = stop.path("error").path("detail").asText("");
        if (status.equals("complete")) {
            if (stop.path("finish_reason").asText().equals("length")) {
                screen.say("[The reply ends here because it became too long.]\n");
            }
            return 0;
        }
        if (status.equals("stopped")) {
            return Interrupts.STATUS;
        }
        screen.say("[" + (status.equals("interrupted") ? "The server ended in the middle of the reply." : "The reply failed."
                + (detail.isEmpty() ? "" : " " + detail)) + "]\n");
        return 1;
    }
}
