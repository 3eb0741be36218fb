package runnel.web;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import runnel.Client;
import runnel.Person;
import runnel.RawHttp;
import runnel.Server;
import runnel.web.Document.Operation;

/// Time tells no more than the answer: for each route of the API's document that takes an id, what is somebody else's takes
/// as long as what is not there. Both are asked for in turn, so that a busy machine delays one as much as the other.
class SameTimeTest {
    private static final String NOWHERE = "01900000-0000-7000-8000-000000000000";
    /// Enough to tell in quiet; where it seems to tell something, there are more.
    private static final int PAIRS = 25;
    private static final int MAX_PAIRS = 500;
    private static final double MAX = 1.3;

    private static Server server;
    private static Document document;
    private static Person other;
    private static String bearer;
    private static Map<String, String> ended;
    private static Map<String, String> running;
    private final Random random = new Random(4);

    @BeforeAll
    static void start(@TempDir java.nio.file.Path data) {
        server = Server.start(data, "AUTH", "accounts");
        document = Document.of(server);
        var owner = Person.registered(server, "owner@example.org");
        other = Person.registered(server, "other@example.org");
        bearer = "Bearer " + other.token();
        var token = Client.json(owner.send("POST", "/api/me/tokens", Client.object().put("name", "x"))).get("id").asText();
        var session = Client.json(owner.get("/api/me/sessions")).get("sessions").get(0).get("id").asText();
        var whole = owner.ask("hello", "text:4000");
        try (var reader = owner.read(whole)) {
            while (reader.next().isPresent()) {
                // until it has ended
            }
        }
        var live = owner.ask("hello", "silence:1");
        ended = Map.of("chat", whole.chat(), "reply", whole.reply(), "token", token, "session", session);
        running = Map.of("chat", live.chat(), "reply", live.reply());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static Stream<Operation> operations() {
        return document.operations().stream().filter(Operation::takesIds);
    }

    @TestFactory
    Stream<DynamicTest> what_is_somebody_elses_takes_as_long_as_what_is_not_there() {
        return operations().map(operation -> DynamicTest.dynamicTest(operation.toString(), () -> takesAsLong(operation, ended)));
    }

    @TestFactory
    Stream<DynamicTest> so_does_what_runs() {
        return operations().filter(operation -> operation.path().matches(".*\\{(chat|reply)}.*"))
                .map(operation -> DynamicTest.dynamicTest(operation.toString(), () -> takesAsLong(operation, running)));
    }

    /// What disturbs a request makes it longer, never shorter, so the fast ones tell most.
    private void takesAsLong(Operation operation, Map<String, String> theirs) {
        var yes = new ArrayList<Long>();
        var no = new ArrayList<Long>();
        double ratio = 0;
        for (int pair = 1; pair <= MAX_PAIRS; pair++) {
            boolean first = random.nextBoolean();
            (first ? yes : no).add(nanos(operation, first ? theirs : Map.of()));
            (first ? no : yes).add(nanos(operation, first ? Map.of() : theirs));
            ratio = quartile(yes) / quartile(no);
            if (pair % PAIRS == 0 && ratio < MAX && ratio > 1 / MAX) {
                return;
            }
        }
        throw new AssertionError("Theirs takes %.2f times as long as what is not there".formatted(ratio));
    }

    private static double quartile(List<Long> times) {
        return times.stream().sorted().skip(times.size() / 4).findFirst().orElseThrow();
    }

    private static long nanos(Operation operation, Map<String, String> ids) {
        var path = operation.path().replaceAll("\\{(\\w+)}", "\\$$1");
        for (var name : List.of("chat", "reply", "token", "session")) {
            path = path.replace("$" + name, ids.getOrDefault(name, NOWHERE));
        }
        return operation.isSocket() ? nanosOfHandshake(path) : nanosOfAnswer(operation, path);
    }

    private static long nanosOfHandshake(String path) {
        long began = System.nanoTime();
        var answer = RawHttp.send(server.port(), "GET " + path + " HTTP/1.1", "Host: localhost", "Authorization: " + bearer, "Upgrade: websocket",
                "Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==", "Connection: Upgrade");
        long took = System.nanoTime() - began;
        assertEquals(404, RawHttp.status(answer), answer);
        return took;
    }

    private static long nanosOfAnswer(Operation operation, String path) {
        var body = operation.hasBody() ? "{}" : null;
        var pass = operation.isForSessions() ? new String[] {"Cookie", other.cookie()} : new String[] {"Authorization", bearer};
        long began = System.nanoTime();
        var answer = server.client().send(operation.method(), path, body, pass[0], pass[1], "Sec-Fetch-Site", "same-origin", "Content-Type", "application/json");
        long took = System.nanoTime() - began;
        assertEquals(404, answer.statusCode(), answer::body);
        return took;
    }
}
