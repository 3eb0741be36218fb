package runnel.web.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.javalin.Javalin;
import io.javalin.testtools.JavalinTest;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import runnel.chat.Counts;

/// Which form of an answer a request wants (RFC 9110, 12.5.1).
class ReplyFormatTest {
    private static Javalin app() {
        return Javalin.create(config -> {
            Problems.install(config.routes, new Counts());
            config.routes.get("/", ctx -> ctx.result(ReplyFormat.accepted(ctx, ReplyFormat.IDS, ReplyFormat.EVENTS, ReplyFormat.TEXT).name()));
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"*/*|IDS", "text/event-stream|EVENTS", "text/plain|TEXT", "TEXT/PLAIN|TEXT", "text/*|EVENTS",
        "text/*, text/event-stream;q=0|TEXT", "application/json;q=0.1, text/plain;q=0.2|TEXT", "text/plain;q=0.5, */*;q=0.1|TEXT",
        "application/json, text/event-stream;q=0.9|IDS", "text/plain ; q = 0.1 , application/json;q=0.05|TEXT", "text/event-stream;charset=utf-8|EVENTS",
        "*/*;q=0.5, application/json;q=0|EVENTS", "image/png, text/plain;q=0.001|TEXT", "text/html, */*;q=0.8|IDS"})
    void the_most_wanted_form_wins(String accept, String kind) {
        JavalinTest.test(app(), (_, client) -> assertEquals(kind, client.get("/", request -> request.header("Accept", accept)).body().string()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"image/png", "application/json;q=0", "*/*;q=0", "text/html", "nonsense", ";;;", ",", "text/plain;q=x", "text/plain;q=NaN"})
    void what_cannot_be_given_is_406(String accept) {
        JavalinTest.test(app(), (_, client) -> assertEquals(406, client.get("/", request -> request.header("Accept", accept)).code()));
    }
}
