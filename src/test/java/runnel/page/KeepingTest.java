package runnel.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FilePayload;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;
import runnel.Client;
import runnel.faults.Eventually;
import runnel.upstream.openai.Scenarios;

/// What is done with single messages, and moving in and out.
class KeepingTest extends PageTest {
    private void talk() {
        model.next(Scenarios.deltas("First **reply**"), Scenarios.deltas("Second reply"));
        send("Hello there");
        assertThat(replies(page)).containsText("First");
        assertEnded(page);
        send("And more");
        assertThat(replies(page)).hasCount(2);
        assertThat(replies(page).last()).containsText("Second");
        assertEnded(page);
    }

    private void pick(Locator message, String item) {
        message.hover();
        message.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("More for this message")).click();
        page.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName(item)).click();
    }

    private int stored() {
        return Client.json(client.get("/api/chats/" + shownChat())).get("messages").size();
    }

    @Test
    void a_message_is_deleted_with_what_follows_and_can_be_taken_back() {
        talk();
        pick(prompts(page).last(), "Delete from here on");
        assertThat(prompts(page)).hasCount(1);
        assertThat(replies(page)).hasCount(1);
        assertEquals(4, stored());
        button(page, "Undo").click();
        assertThat(replies(page)).hasCount(2);
        pick(prompts(page).last(), "Delete from here on");
        assertThat(replies(page)).hasCount(1);
        page.reload();
        Eventually.holds(() -> stored() == 2);
        assertThat(replies(page)).hasCount(1);
    }

    @Test
    void the_menu_of_a_message_works_by_keyboard_alone() {
        talk();
        var more = replies(page).last().getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("More for this message"));
        more.focus();
        page.keyboard().press("Enter");
        assertThat(button(page, "Copy as rich text")).isFocused();
        page.keyboard().press("ArrowUp");
        assertThat(button(page, "Delete from here on")).isFocused();
        page.keyboard().press("Escape");
        assertThat(button(page, "Delete from here on")).hasCount(0);
        assertThat(more).isFocused();
        assertThat(replies(page)).hasCount(2);
    }

    @Test
    void a_prompt_goes_on_from_what_is_left() {
        talk();
        pick(prompts(page).last(), "Delete from here on");
        assertThat(replies(page)).hasCount(1);
        model.next(Scenarios.deltas("Third reply"));
        send("Instead");
        assertThat(replies(page).last()).containsText("Third");
        assertEnded(page);
        assertThat(prompts(page)).hasCount(2);
        assertThat(prompts(page).last()).containsText("Instead");
    }

    @Test
    void a_reply_is_edited_into_another_version() {
        talk();
        pick(replies(page).last(), "Edit the reply…");
        page.getByLabel("Text of the reply").fill("What it *should* have said");
        button(page, "Save").click();
        assertThat(replies(page).last()).containsText("What it should have said");
        assertThat(replies(page).last()).containsText("2/2");
        assertThat(replies(page).last()).containsText("Edited by hand.");
        assertEquals(5, stored());
    }

    @Test
    void a_chat_goes_on_elsewhere_from_any_message() {
        talk();
        var before = shownChat();
        pick(replies(page).first(), "New chat from here");
        page.waitForURL(url -> url.contains("/c/") && !url.endsWith(before));
        assertThat(replies(page)).hasCount(1);
        assertThat(replies(page)).containsText("First reply");
        assertEquals(2, stored());
    }

    @Test
    void a_reply_is_copied_as_rich_text() {
        context.grantPermissions(List.of("clipboard-read", "clipboard-write"));
        talk();
        pick(replies(page).first(), "Copy as rich text");
        assertThat(page.getByText("Copied as rich text.")).isVisible();
        var copied = (String) page.evaluate("navigator.clipboard.read().then(([item]) => item.getType('text/html')).then((html) => html.text())");
        assertTrue(copied.contains("<strong>reply</strong>"), copied);
        assertFalse(copied.contains("button"), copied);
    }

    private void data() {
        button(page, "Import and export").click();
    }

    @Test
    void a_file_is_imported_with_a_report_of_what_came_and_what_did_not() {
        var file = "[{\"format\":\"runnel/1\",\"title\":\"Moved in\",\"messages\":[{\"id\":\"a\",\"role\":\"user\",\"content\":\"hi\",\"parent\":null,\"status\":\"complete\","
                + "\"created\":1}]},{\"title\":\"Odd one\"}]";
        data();
        page.getByLabel("File to import").setInputFiles(new FilePayload("chats.json", "application/json", file.getBytes(StandardCharsets.UTF_8)));
        var dialog = page.getByRole(AriaRole.DIALOG);
        assertThat(dialog).containsText("1 chat came in.");
        assertThat(dialog).containsText("1 could not be read:");
        assertThat(dialog).containsText("Odd one");
        page.getByLabel("File to import").setInputFiles(new FilePayload("chats.json", "application/json", file.getBytes(StandardCharsets.UTF_8)));
        assertThat(dialog).containsText("Nothing new came in. 1 chat was here already.");
        page.getByLabel("File to import").setInputFiles(new FilePayload("odd.zip", "application/zip", "PK no zip".getBytes(StandardCharsets.UTF_8)));
        assertThat(dialog.getByRole(AriaRole.ALERT)).containsText("odd.zip");
        forgive("the server responded with a status of 4");
        button(page, "Close").click();
        assertThat(chats(page).getByText("Moved in")).isVisible();
    }

    @Test
    void a_file_is_imported_where_it_is_dropped() {
        data();
        page.locator(".drop-zone").evaluate("""
                (zone) => {
                  const files = new DataTransfer();
                  files.items.add(new File(['{"format":"runnel/1","title":"Dropped","messages":[{"id":"a","role":"user","content":"hi"}]}'], 'a.json'));
                  for (const type of ['dragover', 'drop']) {
                    zone.dispatchEvent(new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer: files }));
                  }
                }""");
        assertThat(page.getByRole(AriaRole.DIALOG)).containsText("1 chat came in.");
        page.getByRole(AriaRole.LINK, new GetByRoleOptions().setName("Open the first")).click();
        assertThat(prompts(page)).containsText("hi");
        assertThat(page.getByRole(AriaRole.DIALOG)).hasCount(0);
    }

    @Test
    void everything_is_exported_from_the_same_place() throws IOException {
        talk();
        data();
        var download = page.waitForDownload(() -> page.getByRole(AriaRole.LINK, new GetByRoleOptions().setName("Export everything")).click());
        assertEquals("runnel-export.zip", download.suggestedFilename());
        assertEquals("PK", new String(Files.readAllBytes(download.path()), 0, 2, StandardCharsets.ISO_8859_1));
    }

    @Test
    void an_exported_page_with_hostile_text_runs_nothing_and_asks_nobody() {
        var hostile = "<script>alert(1)</script> <img src=https://evil.example/x.png onerror=alert(1)> ![x](https://evil.example/y.png)\n\n"
                + "<iframe src='https://evil.example'></iframe>\n\n[y](javascript:alert(1))\n\n**bold**";
        model.next(Scenarios.deltas(hostile));
        send("<script>alert(1)</script>");
        assertEnded(page);
        var chat = shownChat();
        chats(page).getByRole(AriaRole.LISTITEM).first().hover();
        page.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName("Options of ")).first().click();
        var download = page.waitForDownload(() -> page.getByRole(AriaRole.LINK, new GetByRoleOptions().setName("Export as a web page")).click());
        assertEquals("script alert(1) script.html", download.suggestedFilename());
        var file = context.newPage();
        var asked = new java.util.concurrent.CopyOnWriteArrayList<String>();
        file.onRequest(request -> asked.add(request.url()));
        file.onDialog(dialog -> {
            asked.add("dialog");
            dialog.dismiss();
        });
        file.setContent(client.get("/api/chats/" + chat + "/export?format=html").body());
        assertThat(file.locator("article strong")).hasText("bold");
        assertEquals(0, file.locator("article script, article img, article iframe").count());
        assertThat(file.locator("body")).hasCSS("max-width", "736px");
        file.close();
        assertEquals(List.of(), asked);
    }
}
