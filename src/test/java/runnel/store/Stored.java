package runnel.store;

import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import runnel.chat.End;
import runnel.chat.Message;
import runnel.chat.Parent;
import runnel.chat.Sampling;
import runnel.chat.Snapshot;
import runnel.chat.Status;
import runnel.chat.Usage;
import runnel.store.chat.Chats;
import runnel.store.chat.Messages;
import runnel.store.reply.NewPrompt;
import runnel.store.reply.ReplyStarts;
import runnel.store.reply.StartedReplies;
import runnel.store.reply.StoredReplies;

/// Chats and replies for tests, made as the server makes them.
public final class Stored {
    public static final End COMPLETE =
            new End(Status.COMPLETE, Optional.of("stop"), Optional.of(new Usage(1, 2, 3)), Optional.empty());

    private Stored() {}

    public static NewPrompt prompt(String owner, String prompt) {
        return new NewPrompt(owner, Optional.empty(), "", Optional.empty(), new Parent.Newest(), prompt, Optional.of("model"), Optional.empty(), List.of());
    }

    public static NewPrompt sentAs(NewPrompt newPrompt, String id, String fingerprint) {
        return new NewPrompt(newPrompt.owner(), Optional.of(id), fingerprint, newPrompt.chat(), newPrompt.parent(), newPrompt.prompt(), newPrompt.model(), newPrompt.system(), List.of());
    }

    public static NewPrompt in(NewPrompt newPrompt, String chat, Parent parent) {
        return new NewPrompt(newPrompt.owner(), newPrompt.send(), newPrompt.fingerprint(), Optional.of(chat), parent, newPrompt.prompt(), newPrompt.model(), newPrompt.system(), List.of());
    }

    /// All messages of a chat, in the order in which they were made.
    public static List<Message> messages(Database database, String chat) {
        return StreamSupport.stream(Messages.pagesOfChat(database, chat, "").spliterator(), false).flatMap(List::stream).toList();
    }

    public static StartedReplies opened(Database database, NewPrompt newPrompt) {
        return new ReplyStarts(database, "You are a test").ask(newPrompt, Sampling.DEFAULT).orElseThrow();
    }

    /// A chat with one prompt and its whole reply.
    public static StartedReplies answered(Database database, String owner, String prompt, String content) {
        return answered(database, prompt(owner, prompt), content);
    }

    public static StartedReplies answered(Database database, NewPrompt newPrompt, String content) {
        var startedReply = opened(database, newPrompt);
        new StoredReplies(database).end(startedReply.reply(), text(content), COMPLETE);
        return startedReply;
    }

    /// All runs, each with the name of its kind before it.
    public static List<String> runs(Snapshot text) {
        return text.inOrder().stream().map(run -> run.kind().wire() + " " + run.text()).toList();
    }

    public static Snapshot text(String content) {
        return Snapshot.of("", content, 0, Optional.empty());
    }
}
