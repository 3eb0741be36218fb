package runnel.web;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import runnel.Client;
import runnel.faults.Eventually;
import runnel.upstream.openai.Scenarios;

class BesideLimitsTest extends WebTest {
    @Override
    protected String[] settings() {
        return new String[] {"MAX_RUNNING", "5"};
    }


    @Test
    void there_is_room_for_all_of_a_prompts_replies_or_none_is_started() throws Exception {
        IntStream.range(0, 40).forEach(_ -> model.next(Scenarios.silence(1)));
        var body = Client.object().put("prompt", "hello");
        List.of("a", "b", "c").forEach(body.putArray("models")::add);
        Callable<Integer> ask = () -> client.post("/api/chat", body).statusCode();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var statuses = threads.invokeAll(IntStream.range(0, 12).mapToObj(_ -> ask).toList()).stream().map(each -> each.resultNow()).toList();
            assertEquals(1, statuses.stream().filter(status -> status == 201).count(), statuses::toString);
            assertEquals(11, statuses.stream().filter(status -> status == 503).count(), statuses::toString);
        }
        Eventually.holds(() -> model.questions().size() == 3);
        assertEquals(4L, server.database().<Long>read(sql -> sql.number("select count(*) from message")));
        assertEquals(201, client.post("/api/chat", Client.object().put("prompt", "one").put("model", "x")).statusCode());
        assertEquals(201, client.post("/api/chat", Client.object().put("prompt", "one").put("model", "x")).statusCode());
        assertEquals(503, client.post("/api/chat", Client.object().put("prompt", "one").put("model", "x")).statusCode());
    }
}
