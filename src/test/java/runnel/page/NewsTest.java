package runnel.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import runnel.Client;
import runnel.faults.Eventually;
import runnel.upstream.openai.Script;

/// What happens in other chats, tabs and devices shows by itself.
class NewsTest extends PageTest {
    private static final String SWITCH = "Notify me when a long reply is finished";

    private static Locator toasts(Page tab) {
        return tab.locator(".toast");
    }

    @Test
    void the_list_follows_what_is_done_elsewhere() {
        var sent = client.ask("From elsewhere", "text:2");
        assertThat(chats(page)).containsText("From elsewhere");
        client.send("PATCH", "/api/chats/" + sent.chat(), "{\"title\":\"Renamed\"}", "Content-Type", "application/json");
        assertThat(chats(page)).containsText("Renamed");
        client.send("DELETE", "/api/chats/" + sent.chat(), null);
        assertThat(chats(page)).not().containsText("Renamed");
    }

    @Test
    void a_prompt_in_another_tab_shows_in_the_open_chat_and_its_reply_is_followed() {
        send("Hello");
        assertEnded(page);
        var script = model.script();
        client.askIn(shownChat(), "From my phone", "scripted");
        script.send("being written");
        assertThat(prompts(page).last()).containsText("From my phone");
        assertThat(replies(page).last()).containsText("being written");
        assertRunning(page);
        script.finish();
        assertEnded(page);
    }

    @Test
    void a_reply_that_finishes_in_another_chat_is_told_with_a_link_to_it() {
        client.ask("From elsewhere", "text:2");
        assertThat(toasts(page)).hasText("The reply in From elsewhere is finished.");
        toasts(page).getByRole(AriaRole.LINK).click();
        assertThat(replies(page)).containsText("word0 word1");
        assertThat(toasts(page)).hasCount(0);
    }

    @Test
    void a_reply_that_finishes_before_ones_eyes_is_not_told() {
        send("Hello");
        assertEnded(page);
        client.ask("From elsewhere", "text:2");
        assertThat(toasts(page)).containsText(List.of("From elsewhere").toArray(String[]::new));
    }

    @Test
    void an_announcement_is_shown_as_text_until_it_is_dismissed() {
        awaitFeed();
        client.post("/api/announcements", Client.object().put("text", "<b>Down</b> at noon"));
        assertThat(toasts(page)).hasText("<b>Down</b> at noon");
        toasts(page).getByRole(AriaRole.BUTTON).click();
        assertThat(toasts(page)).hasCount(0);
    }

    /// An announcement is for those who are there.
    private void awaitFeed() {
        while (!client.get("/metrics").body().contains("runnel_streams_open{transport=\"sse\"} 1")) {
            LockSupport.parkNanos(10_000_000);
        }
    }

    /// Chromium shows no desktop here, so the test keeps what would be shown.
    private void watchDesktop() {
        context.addInitScript("""
                globalThis.shown = [];
                globalThis.asked = 0;
                globalThis.Notification = class {
                  static permission = 'default';
                  static async requestPermission() { asked += 1; return (this.permission = 'granted'); }
                  constructor(title, { body }) { shown.push(title + ': ' + body); }
                };
                """);
        page.reload();
    }

    private void hide() {
        page.evaluate("Object.defineProperty(document, 'hidden', { get: () => true })");
    }

    private void finishAfter(String prompt, int seconds) {
        Script script = model.script();
        var sent = client.ask(prompt, "scripted");
        script.awaitAsked();
        server.database().write(sql -> sql.update("update message set created = created - ? where id = ?", seconds * 1000, sent.reply()));
        script.send("text").finish();
    }

    @Test
    void a_long_reply_is_told_on_the_desktop_where_the_user_switched_that_on_and_does_not_look() {
        watchDesktop();
        assertEquals(0, page.evaluate("asked"));
        button(page, SWITCH).click();
        assertThat(button(page, SWITCH)).hasAttribute("aria-pressed", "true");
        assertEquals(1, page.evaluate("asked"));

        finishAfter("Seen", 30);
        assertThat(toasts(page)).containsText("Seen");
        hide();
        finishAfter("Short", 0);
        finishAfter("Long", 30);
        Eventually.holds(() -> page.evaluate("shown.length").equals(1));
        assertEquals(List.of("Long: The reply is finished."), page.evaluate("shown"));
    }

    @Test
    void the_desktop_is_left_alone_where_nobody_switched_it_on() {
        watchDesktop();
        hide();
        finishAfter("Long", 30);
        assertThat(chats(page)).containsText("Long");
        client.post("/api/announcements", Client.object().put("text", "After it"));
        assertThat(toasts(page)).containsText("After it");
        assertEquals(List.of(), page.evaluate("shown"));
        assertEquals(0, page.evaluate("asked"));
    }
}
