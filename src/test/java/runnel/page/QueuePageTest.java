package runnel.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import org.junit.jupiter.api.Test;
import runnel.upstream.openai.Scenarios;
import runnel.upstream.openai.Script;

/// Typing on while a reply runs.
class QueuePageTest extends PageTest {
    private static Locator waiting(Page tab) {
        return tab.locator(".queued-text");
    }

    private Script running() {
        var script = model.script();
        send("one");
        script.awaitAsked();
        page.waitForURL("**/c/*");
        return script;
    }

    @Test
    void enter_lets_a_prompt_wait_which_survives_a_reload_and_another_tab_and_is_sent_behind_the_reply() {
        var script = running();
        box(page).fill("two");
        assertThat(button(page, "Send")).isDisabled();
        box(page).press("Enter");
        assertThat(waiting(page)).hasText("two");
        assertThat(box(page)).hasValue("");
        box(page).fill("three");
        button(page, "Queue").click();
        assertThat(waiting(page)).hasCount(2);
        assertEquals(1, model.questions().size());
        page.reload();
        assertThat(waiting(page)).hasCount(2);
        var other = visit(page.url().substring(address("").length()));
        assertThat(waiting(other)).hasCount(2);

        model.next(Scenarios.deltas("b"), Scenarios.deltas("c"));
        script.send("a").finish();
        for (var tab : new Page[] {page, other}) {
            assertThat(replies(tab)).hasCount(3);
            assertThat(waiting(tab)).hasCount(0);
            assertEnded(tab);
        }
        assertEquals("three", model.questions().getLast().lastContent());
    }

    @Test
    void what_waits_can_be_changed_removed_and_sent_now_which_stops_the_reply() {
        running().send("a");
        for (var prompt : new String[] {"two", "three", "four"}) {
            box(page).fill(prompt);
            box(page).press("Enter");
            assertThat(box(page)).hasValue("");
        }
        button(page, "Remove from the queue").first().click();
        assertThat(waiting(page)).hasCount(2);
        button(page, "Edit queued prompt").last().click();
        var editor = page.getByLabel("Queued prompt", new Page.GetByLabelOptions().setExact(true));
        editor.fill("four <b>and</b> a half");
        editor.press("Control+Enter");
        assertThat(waiting(page).last()).hasText("four <b>and</b> a half");
        model.next(Scenarios.deltas("d"), Scenarios.deltas("c"));
        button(page, "Send now").last().click();
        assertThat(replies(page)).hasCount(3);
        assertEnded(page);
        assertThat(replies(page).first()).containsText("You stopped this reply.");
        assertThat(prompts(page).nth(1)).containsText("four <b>and</b> a half");
        assertThat(waiting(page)).hasCount(0);
        assertEquals(3, model.questions().size());
    }

    @Test
    void behind_a_reply_that_was_stopped_it_waits_and_says_so() {
        running().send("a");
        box(page).fill("two");
        box(page).press("Enter");
        assertThat(waiting(page)).hasCount(1);
        button(page, "Stop").click();
        assertEnded(page);
        assertThat(page.getByText("The last reply is not complete, so these wait.")).isVisible();
        button(page, "Send now").click();
        assertThat(replies(page)).hasCount(2);
        assertThat(waiting(page)).hasCount(0);
    }

    @Test
    void behind_a_reply_that_is_complete_nothing_says_that_it_is_not() {
        var script = running().send("a");
        box(page).fill("two");
        box(page).press("Enter");
        assertThat(waiting(page)).hasCount(1);
        page.evaluate("new MutationObserver(() => { window.said ||= Boolean(document.querySelector('.queue-hint')); })"
                + ".observe(document.body, { childList: true, subtree: true })");
        script.finish();
        assertThat(replies(page)).hasCount(2);
        assertEquals(false, page.evaluate("Boolean(window.said)"));
    }

    @Test
    void the_box_keeps_what_the_server_did_not_take() {
        running();
        page.route("**/queue", route -> route.abort());
        box(page).fill("two");
        box(page).press("Enter");
        assertThat(page.locator(".alerts")).containsText("server");
        assertThat(box(page)).hasValue("two");
        page.unroute("**/queue"); // what the page asks for later is not broken on purpose
        forgive("ERR_FAILED");
    }
}
