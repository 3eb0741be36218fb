package runnel.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FilePayload;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Base64;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import runnel.upload.Samples;

/// Files and images beside a prompt, as people put them there.
class AttachingTest extends PageTest {
    private static final FilePayload NOTE = new FilePayload("note.txt", "text/plain", "A note.".getBytes());
    private static final FilePayload PHOTO = new FilePayload("IMG_1.JPG", "image/jpeg", Samples.image("jpg", 3_000, 1_500));

    @Override
    protected String[] settings() {
        return new String[] {"MAX_UPLOAD_MB", "1"};
    }

    @Override
    Page first() {
        model.listing(wire -> wire.json(200, """
                {"data":[{"id":"text:2","context_length":4000,"capabilities":["vision"]},{"id":"text:3","context_length":4000,"capabilities":[]}]}"""));
        return visit("/");
    }

    static Locator attachments(Page tab) {
        return tab.getByRole(AriaRole.LIST, new GetByRoleOptions().setName("Attachments"));
    }

    private void choose(FilePayload... files) {
        page.locator("input[type=file]").first().setInputFiles(files);
    }

    @Test
    void chosen_files_are_shown_with_their_cost_and_go_with_the_prompt() throws IOException {
        choose(NOTE, PHOTO);
        assertThat(attachments(page).getByRole(AriaRole.LISTITEM)).hasCount(2);
        assertThat(attachments(page)).containsText("note.txt");
        assertThat(attachments(page)).containsText("about 3 tokens");
        assertThat(page.getByText("Files: about 1,108 tokens")).isVisible();
        assertThat(attachments(page).locator("img")).hasCount(1);
        send("What is it?");
        assertEnded(page);
        assertThat(attachments(page)).hasCount(1);
        assertThat(prompts(page).getByRole(AriaRole.IMG)).isVisible();
        var content = model.questions().getLast().body().get("messages").get(1).get("content");
        assertEquals("note.txt:\n```\nA note.\n```\n\nWhat is it?", content.get(0).get("text").asText());
        var url = content.get(1).get("image_url").get("url").asText();
        assertTrue(url.startsWith("data:image/jpeg;base64,"), url.substring(0, 40));
        var image = ImageIO.read(new ByteArrayInputStream(Base64.getDecoder().decode(url.substring(url.indexOf(',') + 1))));
        assertEquals(2_048, image.getWidth());
        assertEquals(1_024, image.getHeight());
        page.reload();
        assertThat(prompts(page).getByRole(AriaRole.IMG)).isVisible();
        assertThat(prompts(page).getByRole(AriaRole.LINK)).hasCount(2);
    }

    /// Where it was taken, and by whose camera.
    @Test
    void nothing_that_a_camera_wrote_into_an_image_leaves_the_device() {
        var jpeg = Samples.image("jpg", 300, 200);
        var exif = new byte[jpeg.length + 40];
        System.arraycopy(jpeg, 0, exif, 0, 2);
        System.arraycopy(new byte[] {(byte) 0xff, (byte) 0xe1, 0, 38}, 0, exif, 2, 4);
        System.arraycopy("Exif\0\0GPS 52.5163 N 13.3777 E Camera 1".getBytes(), 0, exif, 6, 36);
        System.arraycopy(jpeg, 2, exif, 42, jpeg.length - 2);
        choose(new FilePayload("a.jpg", "image/jpeg", exif));
        assertThat(page.getByText("Files: about 255 tokens")).isVisible();
        send("Where?");
        assertEnded(page);
        var url = model.questions().getLast().body().get("messages").get(1).get("content").get(1).get("image_url").get("url").asText();
        assertTrue(!new String(Base64.getDecoder().decode(url.substring(url.indexOf(',') + 1)), java.nio.charset.StandardCharsets.ISO_8859_1).contains("GPS"));
    }

    @Test
    void files_are_pasted_too() {
        box(page).evaluate("""
                (box) => {
                  const clipboardData = new DataTransfer();
                  clipboardData.items.add(new File(['pasted text'], 'pasted.md', { type: 'text/markdown' }));
                  box.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
                }""");
        assertThat(attachments(page)).containsText("pasted.md");
        assertThat(page.getByText("Files: about 4 tokens")).isVisible();
    }

    @Test
    void they_are_still_there_after_a_reload_with_the_draft() {
        box(page).fill("a draft");
        choose(NOTE);
        assertThat(page.getByText("Files: about 3 tokens")).isVisible();
        page.reload();
        assertThat(attachments(page)).containsText("note.txt");
        assertThat(box(page)).hasValue("a draft");
        button(page, "Send").click();
        assertEnded(page);
        assertThat(prompts(page)).containsText("note.txt");
    }

    @Test
    void what_is_too_large_or_of_no_use_is_refused_in_clear_words_and_can_be_removed_by_keyboard() {
        choose(new FilePayload("large.txt", "text/plain", "x".repeat(1_100_000).getBytes()), new FilePayload("a.zip", "application/zip", new byte[] {'P', 'K', 3, 4}),
                new FilePayload("b.png", "image/png", "no image".getBytes()));
        var alerts = attachments(page).getByRole(AriaRole.ALERT);
        assertThat(alerts).hasCount(3);
        assertThat(alerts.nth(0)).containsText("The body may have at most 1,048,576 bytes.");
        assertThat(alerts.nth(1)).containsText("Images (PNG, JPEG, WebP, GIF), text of any kind and PDF files are taken.");
        assertThat(alerts.nth(2)).containsText("This image cannot be read.");
        for (var name : new String[] {"large.txt", "a.zip", "b.png"}) {
            button(page, "Remove " + name).press("Enter");
            assertThat(box(page)).isFocused();
        }
        assertThat(attachments(page)).hasCount(0);
        forgive("Failed to load resource");
    }

    private void pickModel(String model) {
        page.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName(java.util.regex.Pattern.compile("^Model: "))).click();
        page.getByRole(AriaRole.DIALOG, new GetByRoleOptions().setName("Model")).getByRole(AriaRole.OPTION)
                .filter(new Locator.FilterOptions().setHasText(model)).click();
    }

    @Test
    void a_model_that_cannot_see_or_has_no_room_is_named_before_anything_is_sent() {
        choose(PHOTO);
        pickModel("text:3");
        assertThat(page.getByText("This model cannot see images.")).isVisible();
        assertThat(button(page, "Send")).isDisabled();
        pickModel("text:2");
        assertThat(button(page, "Send")).isEnabled();
        choose(new FilePayload("long.txt", "text/plain", "word ".repeat(2_000).getBytes()));
        assertThat(page.getByText("The files take about 4,439 tokens. The model can be given 3,000.")).isVisible();
        assertThat(button(page, "Send")).isDisabled();
        assertEquals(0, model.questions().size());
    }

    @Test
    void an_edited_prompt_keeps_its_files() {
        choose(NOTE);
        assertThat(page.getByText("Files: about 3 tokens")).isVisible();
        send("What is it?");
        assertEnded(page);
        prompts(page).hover();
        button(page, "Edit").click();
        page.getByRole(AriaRole.TEXTBOX, new GetByRoleOptions().setName("Edit prompt")).fill("And what else?");
        button(page, "Send again").click();
        assertEnded(page);
        assertThat(prompts(page)).containsText("note.txt");
        assertEquals("note.txt:\n```\nA note.\n```\n\nAnd what else?", model.questions().getLast().body().get("messages").get(1).get("content").asText());
    }

    @Test
    void what_is_on_its_way_can_be_cancelled() {
        page.route("**/api/uploads?*", route -> {}); // never answered
        choose(NOTE);
        assertThat(page.getByRole(AriaRole.PROGRESSBAR)).isVisible();
        assertThat(button(page, "Send")).isDisabled();
        button(page, "Cancel note.txt").click();
        assertThat(attachments(page)).hasCount(0);
        assertThat(button(page, "Send")).isEnabled();
    }

    @Test
    void a_telephone_offers_its_camera() {
        assertThat(button(page, "Take a photo")).isHidden();
        try (var phone = context.browser().newContext(new NewContextOptions().setHasTouch(true).setIsMobile(true).setViewportSize(390, 800))) {
            var tab = phone.newPage();
            tab.navigate(address("/"));
            assertThat(button(tab, "Take a photo")).isVisible();
            assertEquals("environment", tab.locator("input[type=file]").last().getAttribute("capture"));
            tab.locator("input[type=file]").last().setInputFiles(PHOTO);
            assertThat(tab.getByText("Files: about 1,105 tokens")).isVisible();
        }
    }
}
