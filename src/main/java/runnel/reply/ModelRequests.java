package runnel.reply;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import runnel.chat.Asked;
import runnel.chat.Attachment;
import runnel.chat.Refused;
import runnel.chat.Reply;
import runnel.chat.Role;
import runnel.chat.Sampling;
import runnel.chat.Turn;
import runnel.store.Database;
import runnel.store.chat.Chats;
import runnel.store.chat.Messages;
import runnel.store.chat.Messages.Path;
import runnel.store.chat.Uploads;
import runnel.store.reply.NewPrompt;
import runnel.store.reply.StartedReplies;
import runnel.upstream.Call;
import runnel.upstream.Outcome;
import runnel.upstream.Question;
import runnel.upstream.Sink;
import runnel.upstream.Upstream;

/// Makes of a chat what a model is asked.
record ModelRequests(Database database, Upstream upstream, ReplyDefaults replyDefaults) {
    /// The model that a prompt names, else its chat's, else the server's.
    String modelFor(NewPrompt newPrompt) {
        return newPrompt.model()
                .or(() -> newPrompt.chat().flatMap(id -> new Chats(database, newPrompt.owner()).find(id)).flatMap(chat -> chat.model()))
                .or(replyDefaults::model)
                .orElseGet(() -> upstream.models().preferred());
    }

    /// The files that a prompt names.
    ///
    /// @throws Refused where one is not there, its model cannot read it, or they are too much for it
    List<Attachment> attachments(NewPrompt newPrompt, Sampling sampling) {
        if (newPrompt.attachments().isEmpty()) {
            return List.of();
        }
        var model = modelFor(newPrompt);
        var files = new Uploads(database).named(newPrompt.owner(), newPrompt.attachments());
        if (files.stream().anyMatch(Attachment::isImage) && !upstream.sees(model)) {
            throw Refused.field("attachments", "this model cannot see images; choose another, or leave them out");
        }
        if (History.imageBytes(files) > History.MAX_IMAGE_BYTES) {
            throw Refused.field("attachments", "may have at most %,d bytes of images".formatted(History.MAX_IMAGE_BYTES));
        }
        long tokens = History.tokens(newPrompt.prompt()) + files.stream().mapToLong(Attachment::tokens).sum();
        long room = History.room(upstream.contextTokens(model), sampling.within(replyDefaults.sampling()).maxTokens());
        if (tokens > room) {
            throw Refused.field("attachments", "take some %,d tokens with the prompt; the model can be given %,d".formatted(tokens, room));
        }
        return files;
    }

    /// @param model another than that of the reply
    /// @throws Refused where there are images beside its prompt, and the model cannot see
    void refuseUnseen(Reply reply, Optional<String> model) {
        if (Messages.beside(database, reply.prompt()).stream().anyMatch(Attachment::isImage)
                && !upstream.sees(model.orElse(reply.model()))) {
            throw Refused.field("model", "this model cannot see the images of the prompt");
        }
    }

    /// Asks for the whole of a reply.
    Call ask(StartedReplies started, LiveReply live) {
        return prepare(started, live, path(started, live));
    }

    /// Asks for what is missing at the end of a reply, or for all of it where nothing had come.
    Call resume(StartedReplies started, LiveReply live) {
        var path = path(started, live);
        var said = started.text().contentText();
        return prepare(started, live, said.isBlank() ? path
                : new Path(Stream.concat(path.turns().stream(), Stream.of(new Turn(Role.ASSISTANT, said))).toList(), path.above()));
    }

    private Path path(StartedReplies started, LiveReply live) {
        return started.path().map(known -> new Path(known, 0))
                .orElseGet(() -> leadingTo(live.reply().prompt(), live.reply().model(), started.sampling()));
    }

    /// What leads to a message, as far as it can be asked with.
    Path leadingTo(String message, String model, Sampling sampling) {
        var cap = sampling.within(replyDefaults.sampling()).maxTokens();
        return Messages.leadingTo(database, message, History.bytes(History.room(upstream.contextTokens(model), cap)));
    }

    /// Where the chat proves to be too long, it is asked once more with what its server then says that fits, or three quarters.
    private Call prepare(StartedReplies started, LiveReply live, Path path) {
        var sampling = started.sampling().within(replyDefaults.sampling());
        var model = live.reply().model();
        var system = sampling.asked().map(Asked::system).orElse(started.system());
        var history = History.of(system, path.turns(), upstream.contextTokens(model), sampling.maxTokens());
        var begun = live.now();
        return new ShortenedCall(question(live, path.above(), history, sampling), () -> {
            long most = History.tokens("", history.turns()) * 3 / 4;
            var context = Optional.of(Math.min(most, upstream.contextTokens(model).orElse(most)));
            var shorter = History.of(system, path.turns(), context, sampling.maxTokens());
            boolean sense = shorter.omitted() > history.omitted() && live.now().length() == begun.length();
            return sense ? Optional.of(question(live, path.above(), shorter, sampling)) : Optional.empty();
        });
    }

    private Call question(LiveReply live, int above, History history, Sampling sampling) {
        if (above + history.omitted() > 0) {
            live.omitted(above + history.omitted());
        }
        return upstream.prepare(new Question(live.reply().model(), history.turns(), sampling.temperature(), sampling.maxTokens(),
                sampling.effort(), sampling.asked().map(Asked::request)));
    }

    /// Asks once more with a shorter chat, where it proves to be too long for the model. None has read it then.
    private static final class ShortenedCall implements Call {
        private final Supplier<Optional<Call>> shorter;
        private Call current;
        private boolean cancelled;

        /// @param shorter the same question with less of the chat, where there is less to ask with
        ShortenedCall(Call first, Supplier<Optional<Call>> shorter) {
            this.current = first;
            this.shorter = shorter;
        }

        @Override
        public Outcome stream(Sink sink) {
            var outcome = current.stream(sink);
            boolean tooLong = outcome instanceof Outcome.Failed(var problem, var _) && problem.code().equals(Outcome.TOO_LONG);
            return (tooLong ? shorter.get() : Optional.<Call>empty()).map(next -> begin(next).stream(sink)).orElse(outcome);
        }

        private synchronized Call begin(Call next) {
            current = next;
            if (cancelled) {
                next.cancel();
            }
            return next;
        }

        @Override
        public synchronized void cancel() {
            cancelled = true;
            current.cancel();
        }
    }
}
