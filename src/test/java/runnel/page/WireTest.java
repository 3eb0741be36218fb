package runnel.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.options.AriaRole;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import runnel.Client;
import runnel.Server;
import runnel.faults.Nginx;

/// The page about the wire.
class WireTest extends PageTest {
    private static final List<String> LINES = List.of("Server-sent events", "WebSocket", "Long polling");

    /// Each test goes where it wants.
    @Override
    Page first() {
        return tab("/api/docs");
    }

    private Locator line(String name) {
        return page.getByRole(AriaRole.REGION, new GetByRoleOptions().setName(name).setExact(true));
    }

    @Test
    void it_shows_every_frame_of_a_reply_on_three_transports_and_that_all_read_the_same_across_a_drop() {
        var sent = client.ask("Go", "paced:40,60");
        page.navigate(server.url("/inspect?reply=" + sent.reply()).toString());
        assertThat(line("Server-sent events").locator(".frame.start .id")).containsText(Pattern.compile("retry \\d+"));
        assertThat(line("WebSocket").locator(".frame.message").first()).containsText("word");
        button(page, "Drop the lines").click();
        for (var name : LINES) {
            assertThat(line(name)).containsText("You dropped the line.");
            assertThat(line(name).locator(".frame.stop")).hasCount(1);
        }
        assertThat(page.locator("#agreement")).hasText("All 3 read the same 270 characters.");
    }

    @Test
    void it_shows_the_notifications_on_three_transports() {
        page.navigate(server.url("/inspect?feed").toString());
        for (var name : LINES) {
            assertThat(line(name).locator(".frame.notification").first()).containsText("resync");
        }
        client.post("/api/announcements", Client.object().put("text", "Down at noon"));
        for (var name : LINES) {
            assertThat(line(name).locator(".frame.notification").last()).containsText("Down at noon");
            assertThat(line(name).locator(".frame.notification")).hasCount(2);
        }
    }

    @Test
    void offline_nothing_comes_and_online_the_rest_does() {
        var script = model.script();
        var sent = client.ask("Go", "scripted");
        script.send("before ");
        page.navigate(server.url("/inspect?reply=" + sent.reply()).toString());
        assertThat(line("Server-sent events").locator(".frame.message")).hasCount(1);
        button(page, "Go offline").click();
        assertThat(line("Server-sent events")).containsText("offline");
        script.send("after").finish();
        assertThat(line("Server-sent events").locator(".frame.message")).hasCount(1);
        button(page, "Go offline").click();
        assertThat(page.locator("#agreement")).hasText("All 3 read the same 12 characters.");
    }

    @Test
    void the_heartbeats_of_a_quiet_reply_are_seen() {
        try (var quick = Server.start(data.resolve("quick"), "HEARTBEAT", "1")) {
            var script = quick.upstream().script();
            var sent = quick.client().ask("Go", "scripted");
            page.navigate(quick.url("/inspect?reply=" + sent.reply()).toString());
            assertThat(line("Server-sent events").locator(".frame.comment").first()).containsText("heartbeat");
            script.finish();
            page.navigate("about:blank");
        }
        forgive("asked of another host");
    }

    @Test
    void a_proxy_that_holds_events_back_is_named_with_the_line_to_add() {
        try (var nginx = Nginx.before(server.url(""), Nginx.BUFFERING, data.resolve("nginx"))) {
            page.navigate(nginx.site() + "/inspect?pattern");
            var verdicts = page.locator(".verdict");
            assertThat(verdicts.first()).containsText("holds events back");
            assertThat(verdicts.first()).containsText("proxy_buffering off;");
            assertThat(verdicts.last()).containsText("WebSockets do not come through");
            page.navigate("about:blank");
        }
        forgive("asked of another host");
        forgive("WebSocket");
    }

    @Test
    void a_reply_can_be_started_there() {
        page.navigate(server.url("/inspect").toString());
        button(page, "Start a reply to watch").click();
        assertThat(page.locator("#agreement")).containsText("All 3 read the same");
    }
}
