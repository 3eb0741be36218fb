package runnel.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.options.AriaRole;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import runnel.upstream.openai.Scenarios;

/// Everything by keyboard: what is looked for, what can be done, and the keys for it.
class PaletteTest extends PageTest {
    private Locator palette() {
        return page.getByRole(AriaRole.DIALOG, new GetByRoleOptions().setName("Search or do"));
    }

    private Locator field() {
        return palette().getByRole(AriaRole.COMBOBOX);
    }

    private Locator choices() {
        return palette().getByRole(AriaRole.OPTION);
    }

    private void openPalette() {
        page.keyboard().press("Control+k");
        assertThat(field()).isFocused();
    }

    private void assertActive(String text) {
        assertThat(palette().locator("[role=option][aria-selected=true]")).containsText(text);
        assertEquals(palette().locator("[aria-selected=true]").getAttribute("id"), field().getAttribute("aria-activedescendant"));
    }

    @Test
    void chats_messages_and_actions_are_found_and_picked_by_keys_and_the_focus_returns() {
        client.whole(client.ask("The Golden Gate bridge", "text:1"));
        client.whole(client.ask("Another bridge", "text:1"));
        page.reload();
        openPalette();
        assertActive("New chat");
        page.keyboard().press("ArrowUp");
        assertActive("The Golden Gate bridge");
        page.keyboard().press("Escape");
        assertThat(palette()).hasCount(0);
        assertThat(box(page)).isFocused();

        openPalette();
        page.keyboard().type("golden");
        assertThat(palette().getByRole(AriaRole.GROUP, new Locator.GetByRoleOptions().setName("Messages")).locator("mark")).hasText("Golden");
        assertActive("The Golden Gate bridge");
        page.keyboard().press("ArrowDown");
        page.keyboard().press("Enter");
        page.waitForURL("**/c/*#m-*");
        becomesTrue(page, "String([...CSS.highlights.get('found') ?? []]) === 'Golden'");
        assertThat(box(page)).isFocused();

        openPalette();
        page.keyboard().type("nothing of this kind");
        assertThat(palette()).containsText("Nothing matches.");
        assertThat(palette()).containsText("archived:no");
        page.keyboard().press("Control+k");
        assertThat(palette()).hasCount(0);

        button(page, "Search or do anything (Ctrl K)").click();
        assertThat(field()).isFocused();
        page.keyboard().type("hide");
        page.keyboard().press("Enter");
        assertThat(chats(page)).hasCount(0);
    }

    @Test
    void keys_copy_the_last_code_begin_a_chat_and_show_all_keys_but_not_while_something_is_typed() {
        context.grantPermissions(List.of("clipboard-read", "clipboard-write"));
        page.keyboard().press("Control+Shift+:");
        assertThat(page.locator(".toasts")).containsText("There is no code here to copy.");
        model.next(Scenarios.deltas("```js\nlet one\n```\n\nand\n\n```\nthe last\n```"));
        send("Show me code");
        assertEnded(page);
        assertThat(page.locator(".code-block")).hasCount(2);
        page.keyboard().press("Control+Shift+:");
        assertThat(page.locator(".toasts")).containsText("The last code block is copied.");
        assertEquals("the last", page.evaluate("navigator.clipboard.readText()"));

        box(page).pressSequentially("what?");
        var sheet = page.getByRole(AriaRole.DIALOG, new GetByRoleOptions().setName("Keyboard shortcuts"));
        assertThat(sheet).hasCount(0);
        assertThat(box(page)).hasValue("what?");
        page.evaluate("document.activeElement.blur()");
        page.keyboard().press("?");
        assertThat(sheet).isVisible();
        page.keyboard().press("Control+Shift+O");
        assertThat(page).hasURL(Pattern.compile(".*/c/.*"));
        page.keyboard().press("Escape");
        assertThat(sheet).hasCount(0);
        page.keyboard().press("Control+Shift+O");
        assertThat(page).hasURL(address("/"));
    }

    @Test
    void an_input_method_that_composes_has_enter_and_escape_for_itself() {
        openPalette();
        field().evaluate("(field) => { for (const key of ['Enter', 'Escape', 'ArrowDown'])"
                + "field.dispatchEvent(new KeyboardEvent('keydown', { key, isComposing: true, bubbles: true, cancelable: true })) }");
        assertThat(palette()).isVisible();
        assertActive("New chat");
        assertThat(choices().first()).hasAttribute("aria-selected", "true");
    }
}
