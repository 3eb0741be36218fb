package runnel.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.options.AriaRole;
import org.junit.jupiter.api.Test;
import runnel.faults.Eventually;
import runnel.upstream.openai.Script;

/// Several models on one prompt, and several chats at once.
class BesidePageTest extends PageTest {
    private Locator column(String model) {
        return page.getByRole(AriaRole.REGION, new GetByRoleOptions().setName(model).setExact(true));
    }

    private Locator option(String model) {
        return page.getByRole(AriaRole.OPTION).filter(new Locator.FilterOptions().setHasText(model));
    }

    @Test
    void models_that_are_picked_for_a_prompt_answer_in_columns_and_one_is_kept() {
        page.navigate("about:blank");
        server.whileAway(() -> model.listing(wire -> wire.json(200, "{\"data\":[{\"id\":\"a\"},{\"id\":\"b\"},{\"id\":\"c\"}]}")));
        page.navigate(address("/"));
        button(page, "Model: a").click();
        button(page, "Ask several").click();
        option("b").click();
        page.keyboard().press("Escape");
        Script[] scripts = {new Script(), new Script()};
        for (int i = 0; i < 2; i++) {
            model.next(wire -> scripts[wire.asked().model().equals("a") ? 0 : 1].play(wire));
        }
        var scriptOfC = new Script();
        send("Hello");
        scripts[0].send("of a ");
        scripts[1].send("of b ");
        assertThat(column("a")).containsText("of a");
        assertThat(column("b")).containsText("of b");
        assertThat(button(page, "Model: a")).isVisible();

        var other = visit("/c/" + shownChat());
        assertThat(other.getByRole(AriaRole.REGION, new com.microsoft.playwright.Page.GetByRoleOptions().setName("b"))).containsText("of b");
        button(page, "Stop a").click();
        assertThat(column("a")).containsText("You stopped this reply.");
        assertThat(column("b").getByRole(AriaRole.ARTICLE)).hasAttribute("aria-busy", "true");
        scripts[1].send("to the end").finish();
        assertThat(column("b")).containsText("First token after");
        model.next(wire -> scriptOfC.play(wire));
        button(page, "Another model…").click();
        option("c").click();
        scriptOfC.send("of c").finish();
        assertThat(column("c")).containsText("First token after");
        assertThat(column("a")).containsText("of a");
        column("b").getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Keep this one")).click();
        assertThat(replies(page)).hasCount(1);
        assertThat(replies(page)).containsText("to the end");
        assertThat(page.locator(".versions")).hasText("1/3");
        assertThat(box(page)).isFocused();
    }

    @Test
    void chats_that_are_picked_are_tagged_archived_and_deleted_with_undo_by_the_keyboard() {
        for (var title : new String[] {"one", "two", "three"}) {
            client.whole(client.ask(title, "text:1"));
        }
        page.reload();
        var link = chats(page).getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName("one"));
        link.focus();
        page.keyboard().press("Tab");
        page.keyboard().press("Enter");
        button(page, "Select…").focus();
        page.keyboard().press("Enter");
        assertThat(button(page, "Select all")).isFocused();
        page.getByRole(AriaRole.CHECKBOX, new GetByRoleOptions().setName("Select two")).focus();
        page.keyboard().press("Space");
        button(page, "Tag…").press("Enter");
        page.getByRole(AriaRole.TEXTBOX, new GetByRoleOptions().setName("Further tags")).fill("Work");
        page.keyboard().press("Enter");
        assertThat(chats(page).locator(".tags")).hasText(new String[] {"work", "work"});

        link.focus();
        page.keyboard().press("Tab");
        page.keyboard().press("Enter");
        button(page, "Archive").press("Enter");
        assertThat(link).hasCount(0);
        button(page, "Archived chats").press("Enter");
        assertThat(chats(page).getByRole(AriaRole.LINK)).hasCount(1);
        link.focus();
        page.keyboard().press("Tab");
        page.keyboard().press("Enter");
        button(page, "Select…").press("Enter");
        assertThat(button(page, "Select all")).isFocused();
        link.focus();
        page.keyboard().press("Tab");
        page.keyboard().press("Enter");
        assertThat(button(page, "Rename")).isFocused();
        page.keyboard().press("Escape");
        assertThat(button(page, "Rename")).hasCount(0);
        assertThat(page.getByRole(AriaRole.CHECKBOX)).hasCount(1);
        page.getByRole(AriaRole.CHECKBOX).first().focus();
        page.keyboard().press("Escape");
        assertThat(page.getByRole(AriaRole.CHECKBOX)).hasCount(0);
        button(page, "Back to all chats").press("Enter");
        assertThat(chats(page).getByRole(AriaRole.LINK)).hasCount(2);
        assertEquals(1, runnel.Client.json(client.get("/api/chats?archived=true&tag=work")).get("chats").size());
        Eventually.holds(() -> model.questions().size() == 3);
    }
}
