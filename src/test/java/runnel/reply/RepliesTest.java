package runnel.reply;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import runnel.chat.Parent;
import runnel.chat.Sampling;
import runnel.chat.Snapshot;
import runnel.store.SqliteDatabase;
import runnel.store.reply.AcceptedPrompt;
import runnel.store.reply.NewPrompt;
import runnel.upstream.openai.OpenAiUpstream;
import runnel.upstream.openai.Script;
import runnel.upstream.openai.ScriptedUpstream;

/// Replies over a real database, with a scripted model behind them.
abstract class RepliesTest {
    @TempDir
    Path folder;
    final ScriptedUpstream model = new ScriptedUpstream();
    FragileDatabase database;
    OpenAiUpstream upstream;
    Replies replies;

    @BeforeEach
    void open() {
        database = new FragileDatabase(SqliteDatabase.open(folder.resolve("runnel.db")));
        upstream = new OpenAiUpstream(model.endpoint());
        replies = replies(100, 100);
        replies.recover();
    }

    final Replies replies(int maxRunning, int maxRunningPerUser) {
        return new Replies(database, upstream, "You are a test",
                new ReplyDefaults(Optional.of("scripted"), Optional.empty(), Sampling.DEFAULT, maxRunning, maxRunningPerUser));
    }

    @AfterEach
    void closeAll() {
        close();
        model.close();
    }

    final void close() {
        replies.close();
        upstream.close();
        database.close();
    }

    final void restart() {
        close();
        open();
    }

    static NewPrompt prompt(String text) {
        return new NewPrompt("me", Optional.empty(), "", Optional.empty(), new Parent.Newest(), text, Optional.empty(), Optional.empty(), List.of());
    }

    static NewPrompt sentAs(String id, String fingerprint, String text) {
        return new NewPrompt("me", Optional.of(id), fingerprint, Optional.empty(), new Parent.Newest(), text, Optional.empty(), Optional.empty(), List.of());
    }

    static NewPrompt in(String chat, String text) {
        return new NewPrompt("me", Optional.empty(), "", Optional.of(chat), new Parent.Newest(), text, Optional.empty(), Optional.empty(), List.of());
    }

    final AcceptedPrompt start(String text) {
        return replies.start(prompt(text), Sampling.DEFAULT);
    }

    /// A reply that has said so much.
    final AcceptedPrompt saying(Script script, String text) {
        var started = start("hello");
        script.send(text);
        said(started, text);
        return started;
    }

    final ReplyText find(AcceptedPrompt acceptedPrompt) {
        return replies.find("me", acceptedPrompt.reply()).orElseThrow();
    }

    /// Waits until the reply's text is as wanted.
    final Snapshot await(AcceptedPrompt acceptedPrompt, Predicate<Snapshot> wanted) {
        var text = find(acceptedPrompt);
        var fits = new CountDownLatch(1);
        Runnable look = () -> {
            if (wanted.test(text.now())) {
                fits.countDown();
            }
        };
        text.listen(look);
        look.run();
        try {
            if (!fits.await(20, TimeUnit.SECONDS)) {
                throw new AssertionError("Still " + text.now().contentText() + " " + text.now().end());
            }
            return text.now();
        } catch (InterruptedException stopped) {
            throw new AssertionError(stopped);
        } finally {
            text.leave(look);
        }
    }

    final Snapshot ended(AcceptedPrompt acceptedPrompt) {
        return await(acceptedPrompt, text -> text.end().isPresent());
    }

    /// Waits until the reply's writer has let go of it, too.
    final Snapshot stored(AcceptedPrompt acceptedPrompt) {
        ended(acceptedPrompt);
        while (!(find(acceptedPrompt) instanceof ReplyText.Ended)) {
            Thread.onSpinWait();
        }
        return find(acceptedPrompt).now();
    }

    final Snapshot said(AcceptedPrompt acceptedPrompt, String content) {
        return await(acceptedPrompt, text -> text.contentText().equals(content));
    }
}
