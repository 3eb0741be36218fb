package runnel.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.options.AriaRole;
import org.junit.jupiter.api.Test;

/// What a reply took, and how full its model's context is, behind the quiet line below it.
class FiguresTest extends PageTest {
    @Override
    protected String[] settings() {
        return new String[] {"OPENAI_CONTEXT_LENGTH", "1000"};
    }

    @Test
    void what_is_known_of_a_reply_is_told_and_that_the_context_is_nearly_full() {
        model.next(wire -> wire.stream().delta("One.").finish("stop").usage(700, 90).done().end());
        send("Hello");
        assertEnded(page);
        assertThat(page.locator(".composer-hint")).containsText("This chat fills 79 % of what the model reads at once.");
        page.locator(".facts").click();
        var figures = page.getByRole(AriaRole.GROUP, new GetByRoleOptions().setName("Figures"));
        assertThat(figures).containsText("700 tokens");
        assertThat(figures).containsText("79 % of 1,000 tokens");
        assertThat(figures).containsText("First token");
    }
}
