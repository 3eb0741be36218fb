package runnel.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.options.AriaRole;
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
}
