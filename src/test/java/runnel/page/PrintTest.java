package runnel.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import runnel.Client;

class PrintTest extends PageTest {
    private static final int MESSAGES = 200;
    private static final Pattern PAPER = Pattern.compile("/Type\\s*/Page\\b(?!s)");

    @Test
    void on_paper_is_the_whole_talk_also_before_all_of_it_is_drawn() {
        var chat = Client.object().put("format", "runnel/1").put("title", "Long");
        var messages = chat.putArray("messages");
        for (int i = 0; i < MESSAGES; i++) {
            messages.addObject().put("id", "m" + i).put("parent", i == 0 ? null : "m" + (i - 1)).put("role", i % 2 == 0 ? "user" : "assistant")
                    .put("content", "Some words. ".repeat(100)).put("created", i + 1);
        }
        var tab = visit("/c/" + Client.json(client.post("/api/import", chat)).get("chats").get(0).asText());
        assertThat(replies(tab).last()).isVisible();
        var paper = new String(tab.pdf(), StandardCharsets.ISO_8859_1);
        assertTrue(PAPER.matcher(paper).results().count() > MESSAGES / 10, "pages");
        assertEquals(MESSAGES, ((Number) tab.evaluate("document.querySelectorAll('.message').length")).intValue());
    }
}
