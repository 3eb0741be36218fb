package runnel.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.options.AriaRole;
import org.junit.jupiter.api.Test;
import runnel.Client;
import runnel.upload.Samples;
import runnel.upstream.openai.Scenarios;

/// The dialog that makes links, and the page that they lead to.
class SharingPageTest extends PageTest {
    private void share(String title) {
        chats(page).getByRole(AriaRole.LISTITEM).filter(new Locator.FilterOptions().setHasText(title)).hover();
        page.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName("Options of " + title)).click();
        button(page, "Share…").click();
    }

    private String link(String title) {
        share(title);
        button(page, "Make a link").click();
        var link = page.getByRole(AriaRole.TEXTBOX, new GetByRoleOptions().setName("The link")).inputValue();
        button(page, "Close").click();
        return link.substring(link.indexOf("/s/"));
    }

    /// Somebody without a cookie and without anything in the browser's storage.
    private Page visitor(String path) {
        var mine = context;
        context = context.browser().newContext();
        try {
            return tab(path);
        } finally {
            context = mine;
        }
    }

    @Test
    void a_link_is_made_in_the_dialog_and_shows_the_chat_to_somebody_else() {
        model.next(Scenarios.deltas("First **bold** `code` $x^2$"));
        send("Hello there");
        assertEnded(page);
        var visitor = visitor(link("Hello there"));
        assertThat(visitor.getByRole(AriaRole.HEADING, new GetByRoleOptions().setName("Hello there"))).isVisible();
        assertThat(prompts(visitor)).containsText("Hello there");
        assertThat(replies(visitor).locator("strong")).hasText("bold");
        assertThat(box(visitor)).hasCount(0);
        assertThat(button(visitor, "Regenerate")).hasCount(0);
        assertEquals(0, visitor.context().cookies().size());
        visitor.context().close();
    }

    @Test
    void a_reply_is_read_by_the_link_while_it_is_written_and_no_more_when_the_link_has_ended() {
        var script = model.script();
        send("Hello there");
        script.send("First ");
        assertThat(replies(page)).containsText("First");
        var visitor = visitor(link("Hello there"));
        assertThat(replies(visitor)).containsText("First");
        script.send("second ");
        assertThat(replies(visitor)).containsText("First second");
        assertThat(replies(visitor)).hasAttribute("aria-busy", "true");
        share("Hello there");
        page.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName("End the link to Hello there")).click();
        assertThat(visitor.getByRole(AriaRole.HEADING, new GetByRoleOptions().setName("Nothing is shared here"))).isVisible();
        assertThat(replies(visitor)).hasCount(0);
        script.send("third");
        script.finish();
        assertThat(replies(page)).containsText("third");
        forgive("404");
        visitor.context().close();
    }

    @Test
    void a_reply_that_ends_is_whole_on_the_page_of_the_link() {
        var script = model.script();
        send("Hello there");
        script.send("First ");
        assertThat(replies(page)).containsText("First");
        var visitor = visitor(link("Hello there"));
        assertThat(button(visitor, "Continue as my own copy")).isDisabled();
        script.send("last");
        script.finish();
        assertEnded(visitor);
        assertThat(replies(visitor)).containsText("First last");
        button(visitor, "Continue as my own copy").click();
        assertThat(box(visitor)).isVisible();
        assertThat(replies(visitor)).containsText("First last");
        assertEquals(2, Client.json(client.get("/api/chats")).get("chats").size());
        visitor.context().close();
    }

    @Test
    void the_files_beside_its_messages_are_shown_and_had_by_the_link() {
        model.next(Scenarios.text(1));
        var prompt = Client.object().put("prompt", "look at these").put("model", "gpt-4o"); // it sees, by its name
        prompt.putArray("attachments").add(upload("photo.png", Samples.image("png", 30, 20))).add(upload("a note.txt", Samples.text("a note")));
        var sent = Client.sent(server.client().post("/api/chat", prompt));
        server.client().whole(sent);
        var link = Client.json(server.client().send("PUT", "/api/chats/" + sent.chat() + "/share", "{}", "Content-Type", "application/json")).get("url").asText();
        var visitor = visitor(link.substring(link.indexOf("/s/")));
        var photo = visitor.getByAltText("photo.png");
        assertThat(photo).isVisible();
        visitor.waitForCondition(() -> photo.evaluate("image => image.naturalWidth").equals(30));
        var note = visitor.getByRole(AriaRole.LINK, new GetByRoleOptions().setName("a note.txt"));
        assertEquals("a note", visitor.request().get(visitor.evaluate("path => new URL(path, location).href", note.getAttribute("href")).toString()).text());
        visitor.context().close();
    }

    private String upload(String name, byte[] content) {
        return Client.json(server.client().upload(name, content)).get("id").asText();
    }

    @Test
    void a_wrong_link_says_so() {
        var visitor = visitor("/s/" + "A".repeat(43));
        assertThat(visitor.getByRole(AriaRole.HEADING, new GetByRoleOptions().setName("Nothing is shared here"))).isVisible();
        forgive("404");
        visitor.context().close();
    }

    @Test
    void hostile_text_stays_text_on_the_page_of_a_link() {
        model.next(Scenarios.deltas("<script>alert(1)</script> <img src=x onerror=alert(1)> ![x](https://evil.example/x.png) [y](javascript:alert(1))"));
        send("<script>alert(1)</script>");
        assertEnded(page);
        var visitor = visitor(link("<script>alert(1)</script>"));
        assertThat(prompts(visitor)).containsText("<script>alert(1)</script>");
        assertThat(replies(visitor)).containsText("alert(1)");
        assertEquals(0, visitor.locator("article script, article img[src^=http]").count());
        assertEquals(0, visitor.locator("a[href^=javascript]").count());
        forgive("evil.example");
        visitor.context().close();
    }

    @Test
    void a_phone_shows_it_without_scrolling_sideways() {
        model.next(Scenarios.deltas("`" + "x".repeat(300) + "` " + "y".repeat(300)));
        send("Hello there");
        assertEnded(page);
        var visitor = visitor(link("Hello there"));
        visitor.setViewportSize(390, 800);
        assertThat(replies(visitor)).containsText("xxx");
        assertTrue((boolean) visitor.evaluate("document.documentElement.scrollWidth <= innerWidth"));
        visitor.context().close();
    }
}
