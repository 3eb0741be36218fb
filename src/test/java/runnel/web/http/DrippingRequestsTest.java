package runnel.web.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import runnel.faults.DrippingClient;
import runnel.web.WebTest;

/// Requests of which a byte comes now and then, so that no connection ever stands still. Each kind is given up after [Body#PATIENCE].
class DrippingRequestsTest extends WebTest {
    private static final int EACH = 50;
    private static final String CHUNKED = "POST /api/chat HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n";
    private static final List<String> IN_A_HEADER = List.of("GET /", "GET / HTTP/1.1\r\nHost: localhost\r\nX: ",
            "GET /health HTTP/1.1\r\nHost: localhost\r\n\r\nGET /"); // the second request of a connection
    private static final List<String> BETWEEN_PIECES = List.of(CHUNKED + "1;", CHUNKED + "2\r\n{}\r\n0\r\nX: ");

    @Override
    protected String[] settings() {
        return new String[] {"HEARTBEAT", "1"};
    }

    private final List<DrippingClient> clients = new ArrayList<>();

    @AfterEach
    void cancel() {
        clients.forEach(DrippingClient::close);
    }

    private List<DrippingClient> begin(List<String> beginnings, String drop) {
        var begun = Stream.generate(() -> beginnings).limit(EACH).flatMap(List::stream).map(each -> DrippingClient.begin(server.port(), each, drop)).toList();
        clients.addAll(begun);
        return begun;
    }

    @Test
    void what_only_drips_is_given_up_and_the_page_stays_available_meanwhile() {
        var sent = client.ask("hello", "silence:1");
        var tooSlow = new ArrayList<>(begin(IN_A_HEADER, "x"));
        tooSlow.addAll(begin(List.of(""), "\r\n"));
        var cut = begin(BETWEEN_PIECES, "x");
        try (var reader = client.read(sent)) {
            reader.next("message");
            for (var left = List.copyOf(clients); !left.isEmpty(); left = left.stream().filter(DrippingClient::drip).toList()) {
                assertEquals(200, client.get("/").statusCode());
            }
            reader.awaitComment();
        }
        tooSlow.forEach(each -> assertTrue(each.heard().contains(" 408 ") && each.heard().contains("urn:runnel:too-slow"), each.heard()));
        cut.forEach(each -> assertTrue(each.heard().startsWith("HTTP/1.1 400 ") && each.heard().contains("urn:runnel:malformed"), each.heard()));
    }
}
