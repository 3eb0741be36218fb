package runnel.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions.ContainsTextOptions;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import runnel.Client;
import runnel.faults.Nginx;
import runnel.upstream.openai.Scenarios;

/// The page behind a real nginx, set as operators set it: whatever that does to streams, the text comes while it is
/// written and is exactly the stored one.
class ProxiesTest extends PageTest {
    /// Two transports are tried for four seconds each before the third.
    private static final ContainsTextOptions PATIENTLY = new ContainsTextOptions().setTimeout(25_000);

    private static final String HOST = "proxy_set_header Host $http_host;";
    private static final String PASSES_ON = HOST + "proxy_http_version 1.1;";
    private static final String COMPRESSES = PASSES_ON + "gzip on; gzip_proxied any; gzip_types *; gzip_min_length 0;";
    private static final String STRIPS_UPGRADE = PASSES_ON + "proxy_set_header Upgrade ''; proxy_set_header Connection '';";
    /// What nginx gathers before it passes it on, at least: some dozens of events.
    private static final String BUFFERS_4_KB = Nginx.BUFFERING + "proxy_buffer_size 4k; proxy_buffers 8 4k;";
    private static final int MAX_WORDS = 600;

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private Nginx nginx;
    private Relay relay;
    private int port;

    @Override
    String address(String path) {
        return "http://127.0.0.1:" + (port == 0 ? server.port() : port) + path;
    }

    /// What a test looks at is behind a proxy.
    @Override
    Page first() {
        return tab("/api/docs");
    }

    private void behind(String location, String sockets) {
        nginx = Nginx.before(server.url(""), location, sockets, data.resolve("nginx"));
        behind(nginx.site().getPort());
    }

    private void behind(int proxy) {
        page.close();
        port = proxy;
        context.onRequest(request -> note(request.url()));
        page = visit("/");
        page.onWebSocket(socket -> note(socket.url()));
    }

    private void note(String url) {
        for (var transport : List.of("sse", "ws", "poll")) {
            if (url.contains("/api/" + transport + "/")) {
                asked.add(transport);
            }
        }
    }

    @AfterEach
    void closeProxies() {
        context.close();
        if (relay != null) {
            relay.close();
        }
        if (nginx != null) {
            nginx.close();
        }
    }

    /// Asks, and looks on while the reply is written.
    private void talk() {
        var script = model.script();
        send("Hello");
        script.send("one ").send("zwei 😀 ");
        assertThat(replies(page).last()).containsText("one zwei 😀", PATIENTLY);
        assertRunning(page);
        script.send("drei");
        assertThat(replies(page).last()).containsText("drei");
        script.finish();
        assertEnded(page);
        assertShownAsStored();
    }

    private void assertShownAsStored() {
        var messages = Client.json(client.get("/api/chats/" + shownChat())).get("messages");
        var reply = messages.get(messages.size() - 1);
        assertEquals("complete", reply.get("status").asText());
        assertThat(replies(page).last().locator(".prose")).hasText(reply.get("content").asText().strip());
    }

    @Test
    void an_nginx_that_is_not_told_otherwise_lets_events_through() {
        behind(PASSES_ON, Nginx.GOOD);
        talk();
        assertEquals(List.of("sse"), asked);
    }

    @Test
    void one_that_buffers_and_ignores_what_it_is_told_is_left_for_a_web_socket_and_that_is_remembered() {
        behind(Nginx.BUFFERING, Nginx.GOOD);
        talk();
        assertEquals(List.of("sse", "ws"), asked);
        talk();
        assertEquals(List.of("sse", "ws", "ws"), asked);
    }

    @Test
    void one_that_passes_events_on_in_lumps_is_left_for_a_web_socket_from_the_place_that_was_reached() {
        behind(BUFFERS_4_KB, Nginx.GOOD);
        var places = new CopyOnWriteArrayList<String>();
        page.onWebSocket(socket -> places.add(socket.url().replaceFirst(".*after=", "")));
        var script = model.script();
        send("Hello");
        script.send("x".repeat(5_000) + " "); // fills the proxy's first buffer, so that the stream begins in time
        for (int word = 0; word < MAX_WORDS && !asked.contains("ws"); word++) {
            script.send("word" + word + " ");
            page.waitForTimeout(50);
        }
        assertRunning(page);
        script.send("and the end").finish();
        assertThat(replies(page)).containsText("and the end", PATIENTLY);
        assertEnded(page);
        assertShownAsStored();
        assertEquals(List.of("sse", "ws"), asked);
        int bytes = Integer.parseInt(places.getFirst().split("\\.")[1]);
        assertTrue(bytes > 5_000, places.toString());
    }

    @Test
    void one_that_compresses_events_lets_them_through_since_it_is_told_not_to_hold_them_back() {
        behind(COMPRESSES, Nginx.GOOD);
        talk();
        assertEquals(List.of("sse"), asked);
    }

    @Test
    void one_that_buffers_and_strips_upgrade_too_is_left_for_long_polling() {
        behind(Nginx.BUFFERING, STRIPS_UPGRADE);
        talk();
        assertEquals(List.of("sse", "ws", "poll"), asked.subList(0, 3));
        int before = asked.size();
        talk();
        assertEquals(List.of("poll"), asked.subList(before, asked.size()).stream().distinct().toList());
        forgive("WebSocket connection");
        forgive("/api/ws/");
    }

    @Test
    void one_that_only_strips_upgrade_lets_events_through() {
        behind(PASSES_ON, STRIPS_UPGRADE);
        talk();
        assertEquals(List.of("sse"), asked);
    }

    @Test
    void one_that_cuts_every_five_seconds_costs_nothing_of_the_text() throws Exception {
        nginx = Nginx.before(server.url(""), PASSES_ON, data.resolve("nginx"));
        relay = new Relay(nginx.site().getPort()).cuttingAfter(5_000);
        behind(relay.port());
        model.next(Scenarios.paced(120, 100));
        send("Hello");
        relay.awaitCuts(2);
        assertRunning(page);
        assertThat(replies(page)).containsText("word119", new ContainsTextOptions().setTimeout(40_000));
        assertEnded(page);
        assertShownAsStored();
        assertTrue(asked.size() >= 3, asked.toString());
        assertFalse(asked.contains("ws") || asked.contains("poll"), asked.toString());
        forgive("net::ERR");
    }

    @Test
    void one_that_cuts_quiet_lines_after_five_seconds_costs_nothing_of_the_text() {
        behind(PASSES_ON + "proxy_read_timeout 5s;", Nginx.GOOD);
        var script = model.script();
        send("Hello");
        script.send("begun ");
        assertThat(replies(page).last()).containsText("begun");
        page.waitForRequest("**/api/sse/**", () -> {}); // the quiet line was cut, and is opened again
        script.send("and ended").finish();
        assertThat(replies(page).last()).containsText("begun and ended");
        assertEnded(page);
        assertShownAsStored();
        forgive("net::ERR");
    }
}
