package runnel.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.options.AriaRole;
import java.util.List;
import org.junit.jupiter.api.Test;
import runnel.Client;

class ChatListTest extends PageTest {
    private Locator link(String title) {
        return chats(page).getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName(title));
    }

    private void pick(String title, String item) {
        chats(page).getByRole(AriaRole.LISTITEM).filter(new Locator.FilterOptions().setHasText(title)).hover();
        page.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName("Options of " + title)).click();
        page.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName(item)).filter(new Locator.FilterOptions().setVisible(true)).click();
    }

    private void two() {
        client.whole(client.ask("The first", "text:1"));
        client.whole(client.ask("The second", "text:2"));
        page.reload();
        assertThat(link("The second")).isVisible();
    }

    @Test
    void a_chat_is_opened_by_its_link_and_left_by_the_button() {
        two();
        link("The first").click();
        assertThat(replies(page)).containsText("word0");
        page.goBack();
        assertThat(replies(page)).hasCount(0);
        link("The second").click();
        assertThat(replies(page)).containsText("word1");
        button(page, "New chat").first().click();
        assertThat(replies(page)).hasCount(0);
        assertThat(page).hasURL(server.url("/").toString());
    }

    @Test
    void a_chat_can_be_renamed() {
        two();
        pick("The first", "Rename");
        var field = page.getByRole(AriaRole.TEXTBOX, new GetByRoleOptions().setName("Title of the chat"));
        field.fill("A better name");
        field.press("Enter");
        assertThat(link("A better name")).isVisible();
        page.reload();
        assertThat(link("A better name")).isVisible();
        assertThat(link("The first")).hasCount(0);
    }

    @Test
    void a_chat_is_deleted_once_that_was_confirmed() {
        two();
        pick("The first", "Delete");
        page.getByRole(AriaRole.DIALOG).getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Cancel")).click();
        assertThat(link("The first")).isVisible();
        pick("The first", "Delete");
        page.getByRole(AriaRole.DIALOG).getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Delete")).click();
        assertThat(link("The first")).hasCount(0);
        assertThat(link("The second")).isVisible();
        page.reload();
        assertThat(link("The second")).isVisible();
        assertEquals(1, Client.json(client.get("/api/chats")).get("chats").size());
    }

    @Test
    void on_a_phone_chats_are_tagged_and_archived_together_and_each_target_is_large_enough_for_a_finger() {
        client.whole(client.ask("The first", "text:1"));
        client.whole(client.ask("The second", "text:2"));
        var options = new Browser.NewContextOptions().setHasTouch(true).setIsMobile(true).setViewportSize(390, 800);
        try (var phone = context.browser().newContext(options)) {
            var tab = phone.newPage();
            tab.navigate(address("/"));
            button(tab, "Show chats").tap();
            button(tab, "Options of The first").tap();
            button(tab, "Select…").tap();
            tab.getByLabel("Select The second").tap();
            assertThat(tab.getByText("2 selected")).isVisible();
            assertEquals(List.of(), tab.evaluate("""
                    () => [...document.querySelectorAll('.sidebar :is(button, a, input, .pick)')]
                      .filter((each) => !each.matches('.pick input'))
                      .filter((each) => Math.min(each.offsetWidth, each.offsetHeight) < 44 && each.offsetWidth)
                      .map(({ outerHTML }) => outerHTML)"""));
            button(tab, "Tag…").tap();
            tab.getByLabel("Further tags").fill("Work");
            button(tab, "Save").tap();
            assertThat(chats(tab).getByText("work")).hasCount(2);
            button(tab, "Options of The first").tap();
            button(tab, "Select…").tap();
            tab.getByLabel("Select The second").tap();
            button(tab, "Archive").tap();
            assertThat(chats(tab).getByRole(AriaRole.LINK)).hasCount(0);
            button(tab, "Archived chats").tap();
            assertThat(chats(tab).getByRole(AriaRole.LINK)).hasCount(2);
        }
    }
}
