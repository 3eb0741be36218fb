package runnel.reply;

import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import runnel.chat.Role;
import runnel.chat.Turn;
import runnel.store.Chats;
import runnel.store.Database;
import runnel.store.Messages;
import runnel.store.NewPrompt;
import runnel.store.StartedReply;
import runnel.upstream.Call;
import runnel.upstream.Models;
import runnel.upstream.Question;
import runnel.upstream.Upstream;

/// Makes of a chat what a model is asked.
final class ModelRequests {
    /// A chat of fewer tokens fits every model, so its server is not asked how much that is.
    private static final long SURELY_FITS = 3_000;

    private final Database database;
    private final Upstream upstream;
    private final ReplyDefaults replyDefaults;

    ModelRequests(Database database, Upstream upstream, ReplyDefaults replyDefaults) {
        this.database = database;
        this.upstream = upstream;
        this.replyDefaults = replyDefaults;
    }

    /// The model that a prompt names, else its chat's, else the server's.
    String modelFor(NewPrompt newPrompt) {
        return newPrompt.model()
                .or(() -> newPrompt.chat().flatMap(id -> Chats.of(database, newPrompt.owner()).find(id)).flatMap(chat -> chat.model()))
                .or(replyDefaults::model)
                .orElseGet(() -> upstream.models().preferred());
    }

    /// Asks for the whole of a reply.
    Call ask(StartedReply startedReply, LiveReply live, Sampling sampling) {
        return prepare(startedReply, live, path(startedReply), sampling.within(replyDefaults.sampling()));
    }

    /// Asks for what is missing at the end of a reply, or for all of it where nothing had come.
    Call resume(StartedReply startedReply, LiveReply live) {
        var path = path(startedReply);
        var said = startedReply.text().contentText();
        var turns = said.isBlank() ? path : joined(path, new Turn(Role.ASSISTANT, said));
        return prepare(startedReply, live, turns, replyDefaults.sampling());
    }

    private List<Turn> path(StartedReply startedReply) {
        return startedReply.path().orElseGet(() -> Messages.leadingTo(database, startedReply.reply().prompt()));
    }

    private static List<Turn> joined(List<Turn> path, Turn said) {
        return Stream.concat(path.stream(), Stream.of(said)).toList();
    }

    private Call prepare(StartedReply startedReply, LiveReply live, List<Turn> path, Sampling sampling) {
        var model = startedReply.reply().model();
        var context = History.tokens(startedReply.system(), path) < SURELY_FITS
                ? OptionalLong.empty() : contextOf(model);
        var history = History.of(startedReply.system(), path, context, sampling.maxTokens());
        if (history.omitted() > 0) {
            live.omitted(history.omitted());
        }
        return upstream.prepare(new Question(model, history.turns(), sampling.temperature(), sampling.maxTokens()));
    }

    private OptionalLong contextOf(String model) {
        if (replyDefaults.contextTokens().isPresent()) {
            return replyDefaults.contextTokens();
        }
        return upstream.knownModels().stream().flatMap(models -> models.models().stream()).filter(known -> known.id().equals(model)).findFirst()
                .map(Models.Model::contextTokens).orElse(OptionalLong.empty());
    }
}
