package runnel.reply;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import runnel.Follower;
import runnel.chat.End;
import runnel.chat.Id;
import runnel.chat.Refused;
import runnel.chat.Reply;
import runnel.chat.Snapshot;
import runnel.chat.Status;
import runnel.faults.Eventually;
import runnel.upstream.openai.Scenarios;
import runnel.web.WebTest;

/// The memory of stored texts while they are read.
class HeldTextTest extends WebTest {
    private static final int LONG = 2 << 20;
    private static final ReplyText ENDED = new ReplyText.Ended(new Reply("reply", "chat", "me", "prompt", "model", Id.epoch(), 0),
            Snapshot.of("", "x".repeat(LONG), 1, Optional.of(End.of(Status.COMPLETE))));

    /// Takes all but some megabytes.
    private static List<TextMemory.Share> scarce() {
        var others = new ArrayList<TextMemory.Share>();
        while (TextMemory.SHARED.left() > 10 * LONG) {
            others.add(TextMemory.SHARED.share());
            others.getLast().grow(TextMemory.SHARED.left() / 2 - LONG);
        }
        return others;
    }

    @Test
    void of_forty_that_begin_to_read_long_texts_at_once_as_many_may_as_there_is_room_for_and_then_others() throws Exception {
        var others = scarce();
        long before = TextMemory.SHARED.left();
        var held = Collections.synchronizedList(new ArrayList<Runnable>());
        Callable<Boolean> read = () -> {
            try {
                return held.add(ENDED.held());
            } catch (Refused refused) {
                assertEquals(503, refused.problem().status());
                return false;
            }
        };
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            threads.invokeAll(Collections.nCopies(40, read));
        }
        assertTrue(!held.isEmpty() && held.size() < 10, () -> held.size() + " read");
        assertThrows(Refused.class, ENDED::held);
        held.forEach(Runnable::run);
        assertEquals(before, TextMemory.SHARED.left());
        ENDED.held().run();
        others.forEach(TextMemory.Share::close);
    }

    @Test
    void who_takes_nothing_holds_the_text_and_gives_it_back_by_leaving_as_does_who_has_read_it() throws Exception {
        long before = TextMemory.SHARED.left();
        model.next(Scenarios.deltas("x".repeat(LONG)));
        var sent = client.ask("hello", "long");
        try (var reader = client.read(sent)) {
            assertEquals(LONG, new Follower().readAll(reader).content().length());
        }
        Eventually.holds(() -> TextMemory.SHARED.left() == before);
        try (var deaf = new Socket()) {
            deaf.setReceiveBufferSize(4_096);
            deaf.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
            deaf.getOutputStream().write(("GET " + sent.sse() + " HTTP/1.1\r\nHost: localhost\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            Eventually.holds(() -> TextMemory.SHARED.left() < before);
        }
        try (var reader = client.read(sent)) {
            assertEquals(LONG, new Follower().readAll(reader).content().length());
        }
        Eventually.holds(() -> TextMemory.SHARED.left() == before);
    }
}
