package runnel.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import runnel.Client;
import runnel.upstream.openai.Scenarios;

/// What was typed, sent, chosen or read is still there, however slow the network and whatever the browser does meanwhile.
class NothingLostTest extends PageTest {
    private static final Pattern CHAT = Pattern.compile(".*/api/chats/[0-9a-f-]{36}(\\?.*)?$");

    private final List<Runnable> held = new ArrayList<>();

    /// The answers are made at once and come late.
    private void holdChats() {
        page.route(CHAT, route -> {
            var answer = route.fetch();
            held.add(() -> route.fulfill(new Route.FulfillOptions().setResponse(answer)));
        });
    }

    private void letThrough() {
        page.unroute(CHAT);
        held.forEach(Runnable::run);
        held.clear();
    }

    private JsonNode messages() {
        return Client.json(client.get("/api/chats/" + shownChat())).get("messages");
    }

    private void talk() {
        send("First");
        assertEnded(page);
        send("Second");
        assertThat(replies(page)).hasCount(2);
        assertEnded(page);
    }

    @Test
    void a_prompt_that_is_sent_before_its_chat_has_come_goes_out_with_the_whole_conversation() {
        talk();
        holdChats();
        page.reload();
        send("Third");
        assertThat(prompts(page)).containsText("Third");
        assertEquals(2, model.questions().size());
        letThrough();
        assertThat(replies(page)).hasCount(3);
        assertEnded(page);
        assertEquals(messages().get(3).get("id"), messages().get(4).get("parent"));
    }

    @Test
    void a_chat_that_could_not_be_loaded_can_be_asked_for_again() {
        talk();
        page.route(CHAT, route -> route.abort("connectionreset"));
        page.reload();
        assertThat(page.getByText("The chat could not be loaded.")).isVisible();
        var again = page.waitForRequest(CHAT, () -> button(page, "Try again").click());
        page.unroute(CHAT);
        context.waitForCondition(() -> again.failure() != null);
        assertThat(button(page, "Try again").or(replies(page)).first()).isVisible();
        // Unless news have made the page ask by itself.
        page.evaluate("[...document.querySelectorAll('button')].find(({ textContent }) => textContent.includes('Try again'))?.click()");
        assertThat(replies(page)).hasCount(2);
        forgive("net::ERR");
    }

    @Test
    void an_answer_that_was_asked_for_before_a_send_does_not_wipe_the_send() {
        talk();
        var script = model.script();
        holdChats();
        page.evaluate("document.dispatchEvent(new Event('visibilitychange'))");
        context.waitForCondition(() -> !held.isEmpty());
        send("Third");
        script.send("being written");
        assertThat(replies(page).last()).containsText("being written");
        letThrough();
        page.waitForResponse(CHAT, () -> page.evaluate("fetch(location.href.replace('/c/', '/api/chats/'))"));
        assertThat(prompts(page)).hasCount(3);
        assertThat(button(page, "Stop")).isVisible();
        script.finish();
        assertEnded(page);
    }

    @Test
    void a_prompt_is_sent_though_the_storage_of_the_browser_is_full() {
        page.evaluate("""
                () => {
                  const piece = 'x'.repeat(100_000);
                  try { for (let i = 0; ; i += 1) localStorage.setItem('filler' + i, piece); } catch { /* full */ }
                  try { for (let i = 0; ; i += 1) localStorage.setItem('f' + i, 'x'.repeat(100)); } catch { /* full */ }
                }""");
        var prompt = "Long ".repeat(2_000).strip();
        send(prompt);
        assertEnded(page);
        assertThat(box(page)).hasValue("");
        assertEquals(prompt, model.questions().getFirst().lastContent());
    }

    @Test
    void two_tabs_of_a_new_chat_have_a_draft_each_and_a_closed_one_hands_it_on() {
        box(page).fill("from the first");
        var second = visit("/");
        assertThat(box(second)).hasValue("");
        box(second).fill("from the second");
        page.reload();
        second.reload();
        assertThat(box(page)).hasValue("from the first");
        assertThat(box(second)).hasValue("from the second");
        second.close(new com.microsoft.playwright.Page.CloseOptions().setRunBeforeUnload(true));
        context.waitForCondition(() -> context.pages().size() == 1);
        var third = visit("/");
        assertThat(box(third)).hasValue("from the second");
        assertThat(box(page)).hasValue("from the first");
    }

    @Test
    void the_chosen_version_is_shown_again_after_a_reload() {
        model.next(Scenarios.deltas("first try"), Scenarios.deltas("second try"));
        send("Hello");
        assertEnded(page);
        button(page, "Regenerate").click();
        assertThat(replies(page)).containsText("second try");
        assertEnded(page);
        button(page, "Previous version").click();
        assertThat(replies(page)).containsText("first try");
        assertThat(button(page, "Next version")).isFocused();
        page.reload();
        assertThat(replies(page)).containsText("first try");
    }

    @Test
    void the_place_and_an_edit_are_still_there_after_a_look_at_another_chat() {
        model.next(Scenarios.deltas("line\n\n".repeat(200)));
        send("Long");
        assertEnded(page);
        var scroller = page.locator("#conversation");
        prompts(page).first().hover();
        button(page, "Edit").first().click();
        page.getByLabel("Edit prompt").fill("Longer");
        scroller.evaluate("box => { box.scrollTop = 1000; }");
        page.waitForTimeout(100); // so that the scroll was heard of
        page.keyboard().press("Control+Shift+O");
        assertThat(replies(page)).hasCount(0);
        page.goBack();
        assertThat(replies(page)).hasCount(1);
        assertThat(page.getByLabel("Edit prompt")).hasValue("Longer");
        context.waitForCondition(() -> ((Number) scroller.evaluate("box => box.scrollTop")).intValue() == 1000);
    }

    @Test
    void a_deleted_chat_can_be_taken_back() {
        send("Hello");
        assertEnded(page);
        delete("Hello");
        assertThat(chats(page).getByText("Hello")).hasCount(0);
        assertThat(page.getByText("“Hello” is deleted.")).isVisible();
        button(page, "Undo").click();
        assertThat(chats(page).getByText("Hello")).isVisible();
        assertThat(replies(page)).hasCount(1);
        page.reload();
        assertThat(replies(page)).hasCount(1);
    }

    @Test
    void a_chat_that_was_deleted_right_before_the_page_went_is_gone() {
        send("Hello");
        assertEnded(page);
        delete("Hello");
        page.reload();
        assertThat(chats(page)).containsText("Your chats will be listed here.");
        assertEquals(0, Client.json(client.get("/api/chats")).get("chats").size());
    }

    private void delete(String title) {
        chats(page).getByText(title).hover();
        button(page, "Options of " + title).click();
        page.getByText("Delete…").filter(new com.microsoft.playwright.Locator.FilterOptions().setVisible(true)).click();
        button(page, "Delete").click();
    }

    @Test
    void models_that_come_later_than_the_page_are_offered_by_themselves() {
        page.route("**/api/models", route -> route.fulfill(new Route.FulfillOptions().setStatus(502)
                .setContentType("application/problem+json").setBody("{\"title\":\"No models\",\"detail\":\"The model server is away.\"}")));
        page.reload();
        assertThat(page.getByText("The model server is away.")).isVisible();
        page.unroute("**/api/models");
        assertThat(page.locator(".model-choice")).not().isEmpty();
        assertThat(page.getByText("The model server is away.")).hasCount(0);
        forgive("502");
    }
}
