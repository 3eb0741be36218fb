package runnel.reply;

import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import runnel.chat.Role;
import runnel.chat.Turn;
import runnel.store.Ask;
import runnel.store.Chats;
import runnel.store.Database;
import runnel.store.Messages;
import runnel.store.Opened;
import runnel.upstream.Call;
import runnel.upstream.Models;
import runnel.upstream.Question;
import runnel.upstream.Upstream;
import runnel.upstream.UpstreamException;

/// Makes of a chat what a model is asked.
final class Questions {
    /// A chat of fewer tokens fits every model, so its server is not asked how much that is.
    private static final long SURELY_FITS = 3_000;

    private final Database database;
    private final Upstream upstream;
    private final Limits limits;

    Questions(Database database, Upstream upstream, Limits limits) {
        this.database = database;
        this.upstream = upstream;
        this.limits = limits;
    }

    /// The model that a prompt names, else its chat's, else the server's.
    String modelFor(Ask ask) {
        return ask.model()
                .or(() -> ask.chat().flatMap(id -> Chats.of(database, ask.owner()).find(id)).flatMap(chat -> chat.model()))
                .or(limits::model)
                .orElseGet(() -> upstream.models().preferred());
    }

    /// Asks for the whole of a reply.
    Call ask(Opened opened, LiveReply live, Sampling sampling) {
        return prepare(opened, live, path(opened), sampling.within(limits.sampling()));
    }

    /// Asks for what is missing at the end of a reply, or for all of it where nothing had come.
    Call goOn(Opened opened, LiveReply live) {
        var path = path(opened);
        var said = opened.text().contentText();
        var turns = said.isBlank() ? path : joined(path, new Turn(Role.ASSISTANT, said));
        return prepare(opened, live, turns, limits.sampling());
    }

    private List<Turn> path(Opened opened) {
        return opened.path().orElseGet(() -> Messages.leadingTo(database, opened.reply().prompt()));
    }

    private static List<Turn> joined(List<Turn> path, Turn said) {
        return Stream.concat(path.stream(), Stream.of(said)).toList();
    }

    private Call prepare(Opened opened, LiveReply live, List<Turn> path, Sampling sampling) {
        var model = opened.reply().model();
        var context = History.tokens(opened.system(), path) < SURELY_FITS
                ? OptionalLong.empty() : contextOf(model);
        var history = History.of(opened.system(), path, context, sampling.maxTokens());
        if (history.omitted() > 0) {
            live.omitted(history.omitted());
        }
        return upstream.prepare(new Question(model, history.turns(), sampling.temperature(), sampling.maxTokens()));
    }

    private OptionalLong contextOf(String model) {
        if (limits.contextTokens().isPresent()) {
            return limits.contextTokens();
        }
        try {
            return upstream.models().models().stream().filter(known -> known.id().equals(model)).findFirst()
                    .map(Models.Model::contextTokens).orElse(OptionalLong.empty());
        } catch (UpstreamException nobodyKnows) {
            return OptionalLong.empty();
        }
    }
}
