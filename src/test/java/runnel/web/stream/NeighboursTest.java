package runnel.web.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import runnel.Follower;
import runnel.upstream.openai.Scenario;
import runnel.web.WebTest;

/// Nobody slows anybody.
@Timeout(120)
class NeighboursTest extends WebTest {
    private static final int FLOODS = Runtime.getRuntime().availableProcessors();
    private static final byte[] NOTHING = ("data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"\"}}]}\n\n".repeat(50)
            + "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"x\"}}]}\n\n").getBytes(StandardCharsets.US_ASCII);

    @Override
    protected String[] settings() {
        return new String[] {"OPENAI_SILENCE_TIMEOUT", "100"};
    }

    @Test
    void twenty_replies_come_whole_while_one_model_is_mute_and_others_flood_and_a_reader_does_not_read() throws Exception {
        var flooding = new CountDownLatch(FLOODS);
        Scenario flood = wire -> {
            wire.stream().chunk(NOTHING);
            flooding.countDown();
            while (!wire.asked().isHungUp()) {
                wire.chunk(NOTHING);
                Thread.sleep(5); // the model server is in this process, too
            }
        };
        model.next(Collections.nCopies(FLOODS, flood).toArray(Scenario[]::new));
        var floods = Stream.generate(() -> client.ask("hello", "flood")).limit(FLOODS).toList();
        assertTrue(flooding.await(60, TimeUnit.SECONDS));
        var mute = client.ask("hello", "mute");
        var unread = client.ask("hello", "text:5000");
        try (var deaf = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            deaf.getOutputStream().write(("GET " + unread.sse() + " HTTP/1.1\r\nHost: localhost\r\n\r\n").getBytes(StandardCharsets.US_ASCII));

            var answers = IntStream.range(0, 20).mapToObj(_ -> CompletableFuture.supplyAsync(() -> read("text:50"))).toList();

            var whole = IntStream.range(0, 50).mapToObj(i -> "word" + i + " ").collect(Collectors.joining());
            answers.forEach(answer -> assertEquals(whole, answer.join()));
        }
        Stream.concat(floods.stream(), Stream.of(mute)).forEach(sent ->
                assertEquals(200, client.send("POST", "/api/replies/" + sent.reply() + "/stop", null).statusCode()));
    }

    private String read(String name) {
        try (var reader = client.read(client.ask("hello", name))) {
            return new Follower().readAll(reader).content();
        }
    }
}
