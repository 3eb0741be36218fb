package runnel.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.options.AriaRole;
import org.junit.jupiter.api.Test;
import runnel.upstream.openai.Scenarios;

/// Nothing moves, closes or loses its selection under whoever reads, and no key or file does what it was not meant for.
class ReadingTest extends PageTest {
    private void rendered() {
        page.evaluate("new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))");
    }

    private double summaryTop() {
        return page.locator("summary").last().boundingBox().y;
    }

    private void scrollUp(int pixels) {
        page.locator("#conversation").hover();
        page.mouse().wheel(0, -pixels);
        page.waitForTimeout(200);
    }

    @Test
    void what_is_opened_stays_where_it_is() {
        model.next(Scenarios.reasoning("thought\n\n".repeat(200), "The answer."));
        send("Hello");
        assertEnded(page);
        rendered();
        double before = summaryTop();
        page.locator("summary").click();
        assertThat(page.getByText("thought").last()).isVisible();
        rendered();
        assertEquals(before, summaryTop(), 1);
    }

    @Test
    void reasoning_stays_open_under_a_reader_who_scrolled_up_and_nothing_is_followed_again() {
        var script = model.script();
        send("Hello");
        script.reason("thought\n\n".repeat(200));
        assertThat(page.locator("details")).hasAttribute("open", "");
        scrollUp(1_000);
        double before = summaryTop();
        script.send("The answer. ");
        assertThat(replies(page)).containsText("The answer.");
        script.send("more\n\n".repeat(200));
        rendered();
        assertEquals(before, summaryTop(), 1);
        script.finish();
        assertEnded(page);
        button(page, "Jump to latest").click();
        assertThat(button(page, "Jump to latest")).hasCount(0);
        assertThat(box(page)).isFocused();
    }

    @Test
    void thoughts_between_two_texts_stand_between_them_live_and_after_a_reload() {
        var script = model.script();
        send("Hello");
        script.reason("First thought.").send("First words.").reason("Second thought.");
        assertThat(page.locator(".reasoning").last()).hasAttribute("open", "");
        assertThat(page.locator(".reasoning").last()).containsText("Second thought.");
        assertThat(page.locator(".reasoning").first()).not().hasAttribute("open", "");
        script.send("Second words.");
        assertThat(replies(page)).containsText("Second words.");
        assertInTurn();
        script.finish();
        assertEnded(page);
        page.reload();
        assertThat(replies(page)).containsText("Second words.");
        assertInTurn();
        page.locator("summary").last().click();
        assertThat(page.locator(".reasoning").last()).containsText("Second thought.");
    }

    private void assertInTurn() {
        assertEquals("Reasoning|First words.|Reasoning|Second words.", page.evaluate(
                "() => [...document.querySelector('.reply').children].filter(each => each.matches('.reasoning, .prose')).map(each => each.innerText.trim()).join('|')"));
    }

    @Test
    void a_selection_at_the_end_of_a_growing_text_stays_and_the_text_goes_on_after_it() {
        var script = model.script();
        send("Hello");
        script.send("Select these words");
        assertThat(replies(page)).containsText("Select these words");
        page.evaluate("() => getSelection().selectAllChildren(document.querySelector('.reply .prose p'))");
        page.waitForTimeout(100);
        script.send(" and more").send(" and more");
        assertThat(replies(page)).containsText("It goes on when nothing is selected.");
        assertEquals("Select these words", page.evaluate("getSelection().toString()"));
        page.evaluate("() => getSelection().empty()");
        assertThat(replies(page)).containsText("Select these words and more and more");
        script.finish();
        assertEnded(page);
    }

    @Test
    void a_growing_reply_is_left_alone_by_translation_and_a_finished_one_is_not() {
        var script = model.script();
        send("Hello");
        script.send("word");
        assertThat(replies(page)).hasAttribute("translate", "no");
        script.finish();
        assertEnded(page);
        assertThat(replies(page)).hasAttribute("translate", "yes");
    }

    @Test
    void escape_in_the_search_does_not_stop_the_reply() {
        var script = model.script();
        send("Hello");
        script.send("word");
        assertThat(replies(page)).containsText("word");
        page.getByPlaceholder("Search chats").fill("x");
        page.keyboard().press("Escape");
        script.send(" and more").finish();
        assertEnded(page);
        assertThat(replies(page)).containsText("word and more");
        assertThat(button(page, "Continue")).hasCount(0);
    }

    @Test
    void keys_of_an_input_method_are_its_own_in_every_field() {
        send("Hello");
        assertEnded(page);
        prompts(page).first().hover();
        button(page, "Edit").first().click();
        var editor = page.getByLabel("Edit prompt");
        for (String key : new String[] {"Enter", "Escape"}) {
            editor.evaluate(COMPOSED, key);
            box(page).fill("かな");
            box(page).evaluate(COMPOSED, key);
        }
        assertThat(editor).isVisible();
        assertThat(prompts(page)).hasCount(1);
        assertThat(box(page)).hasValue("かな");
        assertEquals(1, model.questions().size());
    }

    /// Safari's way: the composition is over already, and only the key code tells.
    private static final String COMPOSED = """
            (field, key) => {
              field.focus();
              for (const how of [{ isComposing: true }, { keyCode: 229 }]) {
                field.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...how }));
              }
            }""";

    @Test
    void the_focus_never_falls_out_of_the_page() {
        model.next(Scenarios.silence(3), Scenarios.deltas("again"));
        send("Hello");
        assertThat(replies(page)).containsText("word2");
        button(page, "Stop").focus();
        page.keyboard().press("Enter");
        assertEnded(page);
        assertThat(box(page)).isFocused();
        button(page, "Regenerate").focus();
        page.keyboard().press("Enter");
        assertThat(replies(page)).containsText("again");
        assertEnded(page);
        assertThat(box(page)).isFocused();
        button(page, "Options of Hello").click();
        page.getByText("Rename").click();
        page.keyboard().type("Renamed");
        page.keyboard().press("Enter");
        assertThat(chats(page).getByRole(AriaRole.LINK)).isFocused();
    }

    @Test
    void a_dropped_file_does_not_replace_the_page() {
        box(page).fill("a draft");
        var prevented = page.evaluate("""
                () => {
                  const dataTransfer = new DataTransfer();
                  dataTransfer.items.add(new File(['text'], 'a.txt'));
                  const drop = (name) => !document.body.dispatchEvent(
                    new DragEvent(name, { dataTransfer, bubbles: true, cancelable: true }));
                  return drop('dragover') && drop('drop');
                }""");
        assertEquals(true, prevented);
        assertThat(page.getByRole(AriaRole.LIST, new GetByRoleOptions().setName("Attachments"))).containsText("a.txt");
        assertThat(box(page)).hasValue("a draft");
    }

    @Test
    void news_never_lie_over_the_button_that_sends() {
        for (int[] size : new int[][] {{1280, 800}, {390, 800}}) {
            page.setViewportSize(size[0], size[1]);
            client.ask("From elsewhere", "text:2");
            assertThat(page.locator(".toast").last()).isVisible();
            box(page).fill("text");
            assertTrue((boolean) button(page, "Send").evaluate("""
                    (button) => {
                      const { x, y, width, height } = button.getBoundingClientRect();
                      return button.contains(document.elementFromPoint(x + width / 2, y + height / 2));
                    }"""));
        }
    }

    @Test
    void on_a_phone_enter_breaks_the_line() {
        var phone = context.browser().newContext(new NewContextOptions().setHasTouch(true).setIsMobile(true).setViewportSize(390, 800));
        try {
            var tab = phone.newPage();
            tab.navigate(address("/"));
            box(tab).fill("one");
            assertThat(box(tab)).hasAttribute("enterkeyhint", "enter");
            box(tab).press("Enter");
            box(tab).pressSequentially("two");
            assertThat(box(tab)).hasValue("one\ntwo");
            tab.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName("Send")).click();
            assertThat(prompts(tab)).hasCount(1);
            assertEnded(tab);
            assertFalse(model.questions().isEmpty());
        } finally {
            phone.close();
        }
    }
}
