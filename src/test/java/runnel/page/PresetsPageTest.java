package runnel.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import runnel.Client;

/// Settings of a chat, presets, links that begin a chat, and temporary chats.
class PresetsPageTest extends PageTest {
    private static final String HOSTILE = "<img src=x onerror=alert(1)>";

    private Locator dialog() {
        return page.getByRole(AriaRole.DIALOG);
    }

    private Locator field(String label) {
        return dialog().getByLabel(label, new Locator.GetByLabelOptions().setExact(true));
    }

    private void choose(String item) {
        button(page, "Chat options").click();
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(item).setExact(true)).click();
    }

    private Locator inDialog(String name) {
        return dialog().getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(name).setExact(true));
    }

    private JsonNode asked() {
        return model.questions().getLast().body();
    }

    private void preset(String name, String prompt) {
        assertEquals(201, client.post("/api/presets", Client.object().put("name", name).put("prompt", prompt).put("system", "be brief")
                .put("temperature", 0.5)).statusCode());
    }

    @Test
    void a_chat_has_settings_before_and_after_it_has_begun() {
        choose("Chat settings…");
        field("System prompt").fill("be brief");
        field("Temperature").fill("0.5");
        field("Reasoning effort").selectOption("low");
        inDialog("Save").click();
        assertThat(dialog()).hasCount(0);
        page.reload();
        send("Hello");
        assertEnded(page);
        assertEquals("be brief 0.5 low", asked().get("messages").get(0).get("content").asText() + " " + asked().get("temperature") + " "
                + asked().get("reasoning_effort").asText());

        choose("Chat settings…");
        assertThat(field("System prompt")).hasValue("be brief");
        field("No system prompt").check();
        field("Temperature").fill("");
        field("Longest reply, in tokens").fill("7");
        inDialog("Save").click();
        assertThat(dialog()).hasCount(0);
        send("more");
        assertThat(replies(page)).hasCount(2);
        assertEnded(page);
        assertEquals("user 7", asked().get("messages").get(0).get("role").asText() + " " + asked().get("max_tokens"));
        assertFalse(asked().has("temperature"));

        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("New chat").setExact(true)).click();
        send("anew");
        assertEnded(page);
        assertEquals("system", asked().get("messages").get(0).get("role").asText());
    }

    @Test
    void presets_are_made_of_a_chat_changed_used_and_deleted() {
        choose("Chat settings…");
        field("System prompt").fill("be brief");
        inDialog("Make a preset of this…").click();
        field("Name").fill(HOSTILE);
        field("Prompt").fill("Sum up {{" + HOSTILE + "}}");
        inDialog("Save preset").click();
        inDialog("Edit " + HOSTILE).click();
        assertThat(field("System prompt")).hasValue("be brief");
        field("Temperature").fill("9");
        inDialog("Save preset").click();
        assertThat(field("Temperature")).isVisible(); // the browser does not send it
        field("Temperature").fill("1.5");
        inDialog("Save preset").click();
        inDialog("Use " + HOSTILE).click();
        field(HOSTILE).fill("this");
        inDialog("Insert").click();
        assertThat(box(page)).hasValue("Sum up this");
        box(page).press("Enter");
        assertEnded(page);
        assertEquals("be brief 1.5", asked().get("messages").get(0).get("content").asText() + " " + asked().get("temperature"));

        choose("Presets…");
        inDialog("Delete " + HOSTILE).click();
        inDialog("Really delete " + HOSTILE).click();
        assertThat(dialog().getByText("There are none yet.")).isVisible();
        page.keyboard().press("Escape");
        assertThat(dialog()).hasCount(0);
    }

    @Test
    void a_slash_lists_presets_and_the_keyboard_inserts_one() {
        preset("Fox", "About foxes.");
        preset("Sum up", "In {{n | number:3}} lines, {{tone | select:warm,dry}}.");
        box(page).pressSequentially("/");
        var options = page.getByRole(AriaRole.OPTION);
        assertThat(options).hasCount(2);
        box(page).press("ArrowDown");
        assertThat(options.last()).hasAttribute("aria-selected", "true");
        box(page).pressSequentially("f");
        assertThat(options).hasCount(1);
        box(page).press("Enter");
        assertThat(box(page)).hasValue("About foxes.");
        assertThat(options).hasCount(0);

        box(page).fill("");
        for (int i = 0; i < 10; i++) { // as fast as fingers that know it
            box(page).pressSequentially("/");
            page.keyboard().press("ArrowDown");
            page.keyboard().type("f");
            page.keyboard().press("Enter");
            assertThat(box(page)).hasValue("About foxes.");
            box(page).fill("");
        }
        box(page).pressSequentially("/su");
        assertThat(options).hasCount(1);
        box(page).press("Tab");
        field("n").fill("5");
        field("tone").selectOption("dry");
        field("n").press("Enter");
        assertThat(box(page)).hasValue("In 5 lines, dry.");
        assertThat(box(page)).isFocused();

        box(page).fill("");
        box(page).pressSequentially("/f");
        assertThat(options).hasCount(1);
        box(page).press("Escape");
        assertThat(options).hasCount(0);
        box(page).press("Enter");
        assertThat(prompts(page)).containsText("/f");
    }

    @Test
    void a_link_fills_in_a_new_chat_and_sends_nothing() {
        preset("Mine", "not this");
        var before = "typed before";
        box(page).fill(before);
        page.navigate(address("/?preset=Mine&model=echo&q=" + URLEncoder.encode(HOSTILE, StandardCharsets.UTF_8) + "%0Anext&other=1"));
        assertThat(box(page)).hasValue(before + "\n\n" + HOSTILE + "\nnext");
        assertThat(page).hasURL(address("/"));
        page.waitForTimeout(500);
        assertThat(prompts(page)).hasCount(0);
        assertEquals(0, model.questions().size());
        page.reload();
        assertThat(box(page)).hasValue(before + "\n\n" + HOSTILE + "\nnext");
        box(page).press("Enter");
        assertEnded(page);
        assertEquals("be brief 0.5", asked().get("messages").get(0).get("content").asText() + " " + asked().get("temperature"));
    }

    @Test
    void a_link_to_a_preset_that_is_not_there_says_so() {
        page.navigate(address("/?preset=" + URLEncoder.encode(HOSTILE, StandardCharsets.UTF_8)));
        assertThat(page.locator(".alerts")).containsText("There is no preset " + HOSTILE);
        assertThat(box(page)).hasValue("");
    }

    @Test
    void a_temporary_chat_shows_that_it_is_one_and_is_in_no_list() {
        choose("Temporary chat");
        assertThat(page.getByText("It is in no list, and is deleted a day after its last reply.")).isVisible();
        choose("Lasting chat");
        assertThat(page.getByText("It is in no list")).hasCount(0);
        choose("Temporary chat");
        send("secret");
        assertEnded(page);
        page.reload();
        assertThat(replies(page)).hasCount(1);
        assertThat(page.getByText("It is in no list")).isVisible();
        assertThat(chats(page).getByRole(AriaRole.LINK)).hasCount(0);
        button(page, "New chat").click();
        assertThat(page.getByText("It is in no list")).hasCount(0);
        send("lasting");
        assertThat(chats(page).getByRole(AriaRole.LINK)).hasCount(1);
    }
}
