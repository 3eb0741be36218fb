package runnel.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import runnel.Client;
import runnel.upstream.openai.Scenarios;

/// Type, watch, stop, reload.
class TalkingTest extends PageTest {
    @Test
    void a_prompt_is_shown_and_its_reply_grows_as_it_comes() {
        var script = model.script();
        send("Hello there");
        assertThat(prompts(page)).containsText("Hello there");
        script.send("First ");
        assertThat(replies(page)).containsText("First");
        assertRunning(page);
        assertThat(button(page, "Send")).isDisabled();
        script.send("**second**");
        assertThat(replies(page).locator("strong")).hasText("second");
        script.finish();
        assertEnded(page);
        assertThat(button(page, "Stop")).hasCount(0);
        assertThat(page).hasURL(java.util.regex.Pattern.compile(".*/c/[0-9a-f-]{36}$"));
        assertThat(chats(page).getByRole(com.microsoft.playwright.options.AriaRole.LINK)).hasText("Hello there");
    }

    @Test
    void enter_sends_and_shift_enter_breaks_the_line() {
        box(page).fill("one");
        box(page).press("Shift+Enter");
        box(page).pressSequentially("two");
        assertThat(box(page)).hasValue("one\ntwo");
        assertThat(prompts(page)).hasCount(0);
        box(page).press("Enter");
        assertThat(prompts(page)).hasCount(1);
        assertThat(box(page)).hasValue("");
        assertEnded(page);
        assertEquals("one\ntwo", model.questions().getFirst().lastContent());
    }

    @Test
    void stop_ends_the_reply_and_closes_the_upstream() throws Exception {
        model.next(Scenarios.silence(3));
        send("Hello");
        assertThat(replies(page)).containsText("word2");
        button(page, "Stop").click();
        assertEnded(page);
        model.questions().getFirst().awaitHangUp();
        assertThat(button(page, "Continue")).isVisible();
    }

    @Test
    void escape_stops_too() throws Exception {
        model.next(Scenarios.silence(3));
        send("Hello");
        assertThat(replies(page)).containsText("word2");
        page.keyboard().press("Escape");
        assertEnded(page);
        model.questions().getFirst().awaitHangUp();
    }

    @Test
    void continue_adds_to_the_same_reply() {
        model.next(Scenarios.length(2), Scenarios.deltas("and the rest"));
        send("Hello");
        assertEnded(page);
        button(page, "Continue").click();
        assertThat(replies(page)).containsText("word0 word1 and the rest");
        assertThat(replies(page)).hasCount(1);
    }

    @Test
    void regenerate_shows_another_reply_and_the_end_of_each_is_read_out() {
        page.evaluate("""
                () => {
                  const status = document.querySelector('.visually-hidden[role=status]');
                  window.said = [];
                  const listen = () => status.textContent && said.push(status.textContent);
                  new MutationObserver(listen).observe(status, { childList: true, characterData: true, subtree: true });
                }""");
        model.next(Scenarios.deltas("first try"), Scenarios.deltas("second try"));
        send("Hello");
        assertThat(replies(page)).containsText("first try");
        assertEnded(page);
        button(page, "Regenerate").click();
        assertThat(replies(page)).containsText("second try");
        becomesTrue(page, "said.join() === 'The reply is finished.,The reply is finished.'");
    }

    @Test
    void a_reload_in_the_middle_goes_on_and_ends_with_exactly_the_stored_text() {
        var script = model.script();
        send("Hello");
        script.send("one ");
        assertThat(replies(page)).containsText("one");
        var chat = shownChat();
        page.reload();
        assertThat(replies(page)).containsText("one");
        assertRunning(page);
        script.send("two ").send("three 😀");
        assertThat(replies(page)).containsText("two three 😀");
        page.reload();
        script.send(" four");
        script.finish();
        assertThat(replies(page)).containsText("one two three 😀 four");
        assertEnded(page);
        var stored = Client.json(client.get("/api/chats/" + chat)).get("messages").get(1);
        assertEquals("one two three 😀 four", stored.get("content").asText());
        assertEquals(1, model.questions().size());
    }

    @Test
    void a_second_tab_follows() {
        var script = model.script();
        send("Hello");
        script.send("one ");
        assertThat(replies(page)).containsText("one");
        var second = visit("/c/" + shownChat());
        assertRunning(second);
        script.send("two");
        assertThat(replies(second)).containsText("one two");
        assertThat(replies(page)).containsText("one two");
        script.finish();
        assertEnded(second);
        assertEnded(page);
    }

    @Test
    void a_failed_reply_keeps_its_text_and_says_what_happened() {
        model.next(Scenarios.cut(2));
        send("Hello");
        assertEnded(page);
        assertThat(replies(page)).containsText("word0 word1");
        assertThat(button(page, "Continue")).isVisible();
    }
}
