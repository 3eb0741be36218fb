package runnel.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import runnel.Client;
import runnel.Follower;
import runnel.upstream.openai.Script;

/// More prompts than the server takes.
@Timeout(120)
class OverloadTest extends WebTest {
    private static final int RUNNING = 20;
    private static final int TOO_MANY = 400;
    private static final int WORDS = 200;

    @Override
    protected String[] settings() {
        return new String[] {"MAX_RUNNING", Integer.toString(RUNNING)};
    }

    @Test
    void whatIsTooMuchIsRefusedBeforeTheModelIsAskedAndWhatRunsDoesNotSuffer() throws Exception {
        var scripts = new ArrayList<Script>();
        var readers = new ArrayList<Future<Follower>>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < RUNNING; i++) {
                var script = model.script();
                var sent = client.ask("Talk", "scripted");
                script.awaitAsked();
                scripts.add(script);
                readers.add(threads.submit(() -> client.whole(sent)));
            }
            var refused = refusals(threads);
            for (int word = 0; word < WORDS; word++) {
                for (var script : scripts) {
                    script.send("word" + word + " ");
                }
            }
            for (var answer : refused) {
                assertRefused(answer.get());
            }
            assertEquals(RUNNING, model.questions().size());
            scripts.forEach(Script::finish);
            for (var reader : readers) {
                assertEquals(IntStream.range(0, WORDS).mapToObj(word -> "word" + word + " ").reduce("", String::concat), reader.get().content());
            }
        }
        assertEquals("complete", client.whole(client.ask("Me now", "text:3")).stop().get("status").asText(), "there is room again");
    }

    private List<Future<HttpResponse<String>>> refusals(ExecutorService threads) {
        Callable<HttpResponse<String>> prompt = () -> client.post("/api/chat", Client.object().put("prompt", "Me too").put("model", "scripted"));
        return IntStream.range(0, TOO_MANY).mapToObj(_ -> threads.submit(prompt)).toList();
    }

    private static void assertRefused(HttpResponse<String> answer) {
        var problem = problem(503, answer);
        assertEquals("urn:runnel:too-many-replies", problem.get("type").asText());
        assertTrue(Integer.parseInt(answer.headers().firstValue("Retry-After").orElse("0")) > 0);
    }
}
