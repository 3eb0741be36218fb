package runnel.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.gson.JsonObject;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Route;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import runnel.Client;
import runnel.Server;
import runnel.faults.Crash;
import runnel.faults.Eventually;
import runnel.store.reply.Checkpoints;
import runnel.upstream.openai.Script;

/// The page outlives whatever happens between it and the server: it goes on from its place, never shows half a reply as
/// a whole one, and never sends twice.
class SurvivalTest extends PageTest {
    private static final String GONE = "net::ERR";

    private Relay relay;

    @Override
    String address(String path) {
        if (relay == null) {
            relay = new Relay(server.port());
        }
        return "http://127.0.0.1:" + relay.port() + path;
    }

    @AfterEach
    void closeRelay() {
        context.close(); // first, so that it does not complain of the relay's end
        relay.close();
    }

    private Script begun() {
        var script = model.script();
        send("Hello");
        script.send("one ");
        assertThat(replies(page)).containsText("one");
        return script;
    }

    private Locator reconnecting() {
        return replies(page).getByText("Reconnecting…");
    }

    private JsonNode stored() {
        return Client.json(client.get("/api/chats/" + shownChat())).get("messages").get(1);
    }

    private void assertShownAsStored() {
        assertThat(replies(page).locator(".prose")).hasText(stored().get("content").asText());
    }

    @Test
    void a_server_that_is_stopped_in_the_middle_says_so_before_it_goes() throws Exception {
        begun();
        server.whileAway(() -> assertEnded(page));
        assertThat(replies(page)).containsText("This reply was interrupted before it was finished.");
        assertShownAsStored();
        assertThat(button(page, "Continue")).isVisible();
        assertEquals(1, model.questions().size());
        forgive(GONE);
    }

    @Test
    void a_server_that_crashes_behind_a_proxy_is_asked_again_and_then_the_page_shows_what_is_stored() throws Exception {
        var script = begun();
        Eventually.holds(() -> kept().equals("one "));
        var left = Crash.dataOf(server, data.resolve("crashed"));
        script.send("never kept");
        assertThat(replies(page)).containsText("never kept");
        relay.goAway();
        relay.awaitRefusals(4);
        assertThat(reconnecting()).isVisible();
        assertRunning(page);
        try (var next = Server.start(left)) {
            relay.comeBack(next.port());
            assertEnded(page);
            assertThat(replies(page).locator(".prose")).hasText("one");
            assertThat(replies(page)).containsText("This reply was interrupted before it was finished.");
            assertEquals(List.of(), next.upstream().questions());
        }
        forgive("503");
        forgive(GONE);
    }

    /// What a crash would leave of the running reply.
    private String kept() {
        return server.database().read(Checkpoints::pieces).values().stream().flatMap(List::stream)
                .map(piece -> piece.text().toString()).collect(Collectors.joining());
    }

    @Test
    void a_network_that_goes_and_comes_back_costs_nothing_of_the_reply() {
        var script = begun();
        context.setOffline(true);
        relay.cutAll();
        assertThat(reconnecting()).isVisible();
        script.send("two ").send("three");
        assertRunning(page);
        context.setOffline(false);
        assertThat(replies(page)).containsText("one two three");
        script.send(" four").finish();
        assertEnded(page);
        assertShownAsStored();
        forgive(GONE);
    }

    @Test
    void a_line_that_died_without_a_word_is_opened_anew_when_the_network_changes() {
        var script = begun();
        relay.loseSilently();
        script.send("two ");
        context.setOffline(true);
        relay.find();
        context.setOffline(false);
        assertThat(replies(page)).containsText("one two");
        script.finish();
        assertEnded(page);
        assertShownAsStored();
        forgive(GONE);
    }

    @Test
    void a_page_that_the_browser_puts_to_sleep_goes_on_when_it_is_woken() {
        var script = begun();
        lifecycle("frozen");
        script.send("two ").send("three");
        lifecycle("active");
        assertThat(replies(page)).containsText("one two three");
        script.finish();
        assertEnded(page);
        assertShownAsStored();
    }

    private void lifecycle(String state) {
        var asked = new JsonObject();
        asked.addProperty("state", state);
        context.newCDPSession(page).send("Page.setWebLifecycleState", asked);
    }

    @Test
    void going_back_to_a_page_whose_reply_still_runs_goes_on_with_it() {
        var script = begun();
        page.navigate("about:blank");
        script.send("two ");
        page.goBack();
        assertThat(replies(page)).containsText("one two");
        assertRunning(page);
        script.send("three").finish();
        assertEnded(page);
        assertShownAsStored();
        assertEquals(1, model.questions().size());
    }

    @Test
    void a_send_whose_answer_was_lost_is_sent_again_and_asked_once() {
        var posts = new AtomicInteger();
        page.route("**/api/chat", route -> {
            if (posts.incrementAndGet() < 3) {
                route.fetch(); // the server has it, and the page never hears of it
                route.abort("connectionreset");
            } else {
                route.resume();
            }
        });
        send("Hello");
        assertEnded(page);
        assertEquals(3, posts.get());
        assertThat(prompts(page)).hasCount(1);
        assertEquals(1, model.questions().size());
        assertEquals(2, Client.json(client.get("/api/chats/" + shownChat())).get("messages").size());
        forgive(GONE);
    }

    @Test
    void a_reload_in_the_middle_of_a_send_does_not_send_it_twice() {
        page.route("**/api/chat", Route::fetch); // taken by the server, never answered
        page.waitForRequest("**/api/chat", () -> send("Hello"));
        page.waitForCondition(() -> model.questions().size() == 1);
        page.reload();
        page.unroute("**/api/chat");
        assertThat(box(page)).hasValue("Hello");
        button(page, "Send").click();
        assertEnded(page);
        assertEquals(1, model.questions().size());
        assertEquals(1, Client.json(client.get("/api/chats")).get("chats").size());
        forgive(GONE);
    }

    @Test
    void a_gateway_that_lost_the_answer_is_no_reason_to_ask_twice() {
        var posts = new AtomicInteger();
        page.route("**/api/chat", route -> {
            if (posts.incrementAndGet() == 1) {
                route.fetch();
                route.fulfill(new Route.FulfillOptions().setStatus(504).setBody("<h1>Gateway Time-out</h1>"));
            } else {
                route.resume();
            }
        });
        send("Hello");
        assertEnded(page);
        assertEquals(2, posts.get());
        assertEquals(1, model.questions().size());
        forgive("504");
    }
}
