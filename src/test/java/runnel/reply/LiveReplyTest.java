package runnel.reply;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;
import runnel.Nasty;
import runnel.chat.End;
import runnel.chat.Id;
import runnel.chat.Place;
import runnel.chat.Reply;
import runnel.chat.ReplyEvent;
import runnel.chat.Run;
import runnel.chat.Snapshot;
import runnel.chat.Status;

class LiveReplyTest {
    private final LiveReply live = new LiveReply(new Reply("reply", "chat", "me", "prompt", "model", Id.epoch(), 0),
            Snapshot.of("", "", 0, Optional.empty()), TextMemory.SHARED.share());

    @Test
    void text_and_end_are_seen_together() {
        live.append(Run.Kind.TEXT, "half \ud83d");
        assertEquals("half ", live.now().contentText());
        assertEquals("half \ufffd", live.finished().contentText());
        live.end(End.of(Status.STOPPED));
        assertEquals(1, live.now().stops());
        assertEquals(Optional.of(End.of(Status.STOPPED)), live.now().end());
    }

    @Test
    void one_who_left_is_not_woken_any_more() {
        var woken = new ArrayList<String>();
        Runnable wake = () -> woken.add("once");
        live.listen(wake);
        live.append(Run.Kind.TEXT, "a");
        live.leave(wake);
        live.append(Run.Kind.TEXT, "b");
        assertEquals(1, woken.size());
    }

    @Test
    void a_hundred_readers_that_sleep_until_they_are_woken_all_read_the_same() throws Exception {
        var random = new Random(7);
        var said = Nasty.text(random, 3_000);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var readers = new ArrayList<java.util.concurrent.Future<String>>();
            Callable<String> reading = this::readToTheEnd;
            for (int i = 0; i < 50; i++) {
                readers.add(threads.submit(reading));
            }
            for (var piece : Nasty.pieces(random, said, 20)) {
                live.append(Run.Kind.TEXT, piece);
                if (readers.size() < 100) {
                    readers.add(threads.submit(reading)); // some come later
                }
            }
            live.finished();
            live.end(End.of(Status.COMPLETE));
            for (var reader : readers) {
                assertEquals(Nasty.stored(said), reader.get());
            }
        }
    }

    private String readToTheEnd() throws InterruptedException {
        var news = new Semaphore(0);
        Runnable wake = news::release;
        var place = Place.at(live.reply(), live.now(), Optional.empty());
        var text = new StringBuilder();
        live.listen(wake);
        while (!place.done()) {
            var event = place.next(live.now(), 64);
            if (event instanceof ReplyEvent.More more) {
                text.append(more.text());
            } else if (event == null) {
                news.acquire();
            }
        }
        live.leave(wake);
        return text.toString();
    }
}
