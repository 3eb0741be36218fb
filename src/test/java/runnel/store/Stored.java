package runnel.store;

import java.util.Optional;
import runnel.chat.End;
import runnel.chat.Parent;
import runnel.chat.Snapshot;
import runnel.chat.Status;
import runnel.chat.Usage;

/// Chats and replies for tests, made as the server makes them.
public final class Stored {
    public static final End COMPLETE =
            new End(Status.COMPLETE, Optional.of("stop"), Optional.of(new Usage(1, 2, 3)), Optional.empty());

    private Stored() {}

    public static Ask prompt(String owner, String prompt) {
        return new Ask(owner, Optional.empty(), "", Optional.empty(), new Parent.Newest(), prompt, Optional.of("model"), Optional.empty());
    }

    public static Ask sentAs(Ask ask, String id, String fingerprint) {
        return new Ask(ask.owner(), Optional.of(id), fingerprint, ask.chat(), ask.parent(), ask.prompt(), ask.model(), ask.system());
    }

    public static Ask in(Ask ask, String chat, Parent parent) {
        return new Ask(ask.owner(), ask.send(), ask.fingerprint(), Optional.of(chat), parent, ask.prompt(), ask.model(), ask.system());
    }

    public static Opened opened(Database database, Ask ask) {
        return new Openings(database, "You are a test").ask(ask).orElseThrow();
    }

    /// A chat with one prompt and its whole reply.
    public static Opened answered(Database database, String owner, String prompt, String content) {
        return answered(database, prompt(owner, prompt), content);
    }

    public static Opened answered(Database database, Ask ask, String content) {
        var opened = opened(database, ask);
        new StoredReplies(database).end(opened.reply(), text(content), COMPLETE);
        return opened;
    }

    public static Snapshot text(String content) {
        return Snapshot.of("", content, 0, Optional.empty());
    }
}
