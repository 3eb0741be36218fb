package runnel.reply;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import runnel.chat.Parent;
import runnel.chat.Snapshot;
import runnel.store.Ask;
import runnel.store.SqliteDatabase;
import runnel.upstream.OpenAiUpstream;
import runnel.upstream.ScriptedUpstream;

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
        replies = new Replies(database, upstream, "You are a test",
                new Limits(Optional.of("scripted"), Sampling.DEFAULT, OptionalLong.empty(), 100));
        replies.recover();
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

    static Ask prompt(String text) {
        return new Ask("me", Optional.empty(), "", Optional.empty(), new Parent.Newest(), text, Optional.empty(), Optional.empty());
    }

    static Ask sentAs(String id, String fingerprint, String text) {
        return new Ask("me", Optional.of(id), fingerprint, Optional.empty(), new Parent.Newest(), text, Optional.empty(), Optional.empty());
    }

    static Ask in(String chat, String text) {
        return new Ask("me", Optional.empty(), "", Optional.of(chat), new Parent.Newest(), text, Optional.empty(), Optional.empty());
    }

    final Started start(String text) {
        return replies.start(prompt(text), Sampling.DEFAULT);
    }

    final ReplyText find(Started started) {
        return replies.find("me", started.reply()).orElseThrow();
    }

    /// Waits until the reply's text is as wanted.
    final Snapshot await(Started started, Predicate<Snapshot> wanted) {
        var text = find(started);
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

    final Snapshot ended(Started started) {
        return await(started, text -> text.end().isPresent());
    }

    /// Waits until the reply's writer has let go of it, too.
    final Snapshot stored(Started started) {
        ended(started);
        while (!(find(started) instanceof ReplyText.Ended)) {
            Thread.onSpinWait();
        }
        return find(started).now();
    }

    final Snapshot said(Started started, String content) {
        return await(started, text -> text.contentText().equals(content));
    }
}
