package runnel.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import runnel.Client;
import runnel.web.http.Json;

/// Messages are found while words are typed, and shown where they stand.
class SearchPageTest extends PageTest {
    private static final String MARKED = "[...CSS.highlights.get('found') ?? []].map(String).join()";

    private Locator field() {
        return page.getByPlaceholder("Search chats");
    }

    private Locator hits() {
        return page.getByRole(AriaRole.REGION, new GetByRoleOptions().setName("Messages found")).getByRole(AriaRole.LINK);
    }

    /// A chat of many messages, as an export has it; beside the reply to its sixth prompt stands an older one.
    private void longTalk() {
        var document = Json.object().put("format", "runnel/1").put("title", "A long talk");
        var messages = document.putArray("messages");
        IntStream.range(0, 300).forEach(i -> {
            if (i == 11) {
                messages.addObject().put("id", "aside").put("role", "assistant").put("parent", "m10").put("created", 11)
                        .put("content", "much\n\n".repeat(200) + "The **quokka** and the Quokka <img src=x onerror=alert(1)> smile."
                                + "\n\nmore".repeat(200));
            }
            messages.addObject().put("id", "m" + i).put("role", i % 2 == 0 ? "user" : "assistant").put("parent", i == 0 ? null : "m" + (i - 1))
                    .put("content", "Message " + i + " of many." + "\n\nmore".repeat(20)).put("created", i);
        });
        assertEquals(201, client.post("/api/import", document).statusCode());
    }

    private boolean inSight(Locator message, String word) {
        return (boolean) message.evaluate("(message, word) => [...CSS.highlights.get('found')].some((range) => {"
                + "const { top, bottom } = range.getBoundingClientRect();"
                + "return String(range) === word && message.contains(range.startContainer) && top > 40 && bottom < innerHeight - 100 })", word);
    }

    @Test
    void a_hit_is_opened_on_its_branch_of_a_long_chat_at_its_words_which_are_marked_and_back_returns() {
        longTalk();
        field().pressSequentially("quokka");
        assertThat(hits()).hasCount(1);
        assertThat(hits().locator("mark")).hasText(new String[] {"quokka", "Quokka"});
        assertThat(hits().locator("img")).hasCount(0);

        field().press("ArrowDown");
        page.keyboard().press("ArrowDown");
        page.keyboard().press("Enter");
        becomesTrue(page, MARKED + " === 'quokka,Quokka'");
        var message = replies(page).filter(new Locator.FilterOptions().setHasText("quokka"));
        assertThat(message).containsText("1/2");
        becomesTrue(page, "document.querySelectorAll('article').length > 10");
        assertTrue(inSight(message, "quokka"));
        assertThat(page.locator("article mark")).hasCount(0);

        page.goBack();
        assertThat(page).hasURL(address("/"));
        becomesTrue(page, "!CSS.highlights.has('found')");
        page.goForward();
        becomesTrue(page, MARKED + " === 'quokka,Quokka'");

        field().fill("\"Message 250\"");
        assertThat(hits().locator("mark")).hasText(new String[] {"Message 250"});
        hits().click();
        becomesTrue(page, MARKED + " === 'Message 250'");
        becomesTrue(page, "[...CSS.highlights.get('found')][0].getBoundingClientRect().top > 40");
        assertTrue(inSight(prompts(page).filter(new Locator.FilterOptions().setHasText("Message 250 of")), "Message 250"));
        page.goBack();
        becomesTrue(page, MARKED + " === 'quokka,Quokka'");
        becomesTrue(page, "[...CSS.highlights.get('found')][0].getBoundingClientRect().top > 40");
        assertTrue(inSight(message, "quokka"));
    }

    @Test
    void a_search_that_fails_says_so_keeps_the_old_hits_and_is_asked_again_on_wish() {
        client.whole(client.ask("The Golden Gate bridge", "text:1"));
        var broken = new AtomicBoolean();
        page.route("**/api/search**", route -> {
            if (broken.get()) {
                route.fulfill(new Route.FulfillOptions().setStatus(503).setContentType("application/problem+json")
                        .setBody("{\"title\":\"Too slow\",\"detail\":\"The search took too long.\"}"));
            } else {
                route.resume();
            }
        });
        field().pressSequentially("golden");
        assertThat(hits()).hasCount(1);
        broken.set(true);
        field().pressSequentially(" gate");
        var failed = page.locator(".hits").getByRole(AriaRole.ALERT);
        assertThat(failed).containsText("The search took too long.");
        assertThat(hits()).hasCount(1);
        broken.set(false);
        failed.getByRole(AriaRole.BUTTON).click();
        assertThat(failed).hasCount(0);
        assertThat(hits().locator("mark")).hasText(new String[] {"Golden", "Gate"});
        field().fill("nothing-of-this");
        assertThat(page.locator(".hits")).containsText("role:user");
        forgive("503");
    }

    @Test
    void the_address_of_a_message_shows_it_in_another_tab_too() {
        longTalk();
        var found = Client.json(client.get("/api/search?q=quokka")).get("hits").get(0);
        var tab = visit("/c/" + found.get("chat").asText() + "#m-" + found.get("message").asText());
        var message = replies(tab).filter(new Locator.FilterOptions().setHasText("quokka"));
        assertThat(message).containsText("1/2");
        assertThat(message).isInViewport();
        assertFalse((boolean) tab.evaluate("CSS.highlights.has('found')"));
    }
}
