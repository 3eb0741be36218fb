package runnel.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import runnel.upstream.openai.ScriptedUpstream;

/// The choice of a model where there are several servers.
class ModelChoiceTest extends PageTest {
    private final ScriptedUpstream other = new ScriptedUpstream();

    @Override
    protected String[] settings() {
        try {
            Path file = Files.writeString(data.resolve("servers.json"), """
                    [{"id": "other", "name": "The other", "url": "%s", "models": ["meta/text:2"]}, {"id": "dead", "url": "http://127.0.0.1:1/v1"}]"""
                    .formatted(other.baseUrl()));
            return new String[] {"PROVIDERS", file.toString()};
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @AfterEach
    void closeOther() {
        other.close();
    }

    @Test
    void models_stand_under_their_server_a_dead_one_says_why_and_the_chosen_one_answers() {
        var choice = button(page, "Model: default/text:3");
        choice.click();
        var picker = page.getByRole(AriaRole.DIALOG, new GetByRoleOptions().setName("Model"));
        var options = picker.getByRole(AriaRole.OPTION);
        assertThat(group(picker, "The other").getByRole(AriaRole.OPTION)).containsText("other/meta/text:2");
        var dead = group(picker, "dead (not available)").getByRole(AriaRole.OPTION);
        assertThat(dead).containsText("Nothing accepts connections at its address");
        assertThat(dead).hasAttribute("aria-disabled", "true");
        assertThat(options).hasCount(3);

        picker.getByRole(AriaRole.COMBOBOX).fill("OTHER");
        assertThat(options.first()).containsText("other/meta/text:2");
        page.keyboard().press("Enter");
        assertThat(picker).hasCount(0);
        assertThat(button(page, "Model: other/meta/text:2")).isFocused();
        send("Hello");
        assertThat(replies(page)).containsText("word1");
        assertEquals("meta/text:2", other.questions().getFirst().model());
        page.reload();
        assertThat(button(page, "Model: other/meta/text:2")).isVisible();
    }

    @Test
    void a_pinned_model_stands_first_also_after_a_reload() {
        button(page, "Model: default/text:3").click();
        var picker = page.getByRole(AriaRole.DIALOG, new GetByRoleOptions().setName("Model"));
        picker.getByRole(AriaRole.COMBOBOX).press("ArrowDown");
        picker.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Pin other/meta/text:2")).click();
        assertThat(group(picker, "Pinned").getByRole(AriaRole.OPTION)).containsText("other/meta/text:2");
        page.reload();
        button(page, "Model: default/text:3").click();
        assertThat(picker.getByRole(AriaRole.OPTION).first()).containsText("other/meta/text:2");
    }

    @Test
    void a_reply_is_asked_for_again_from_another_model_with_which_the_chat_then_goes_on() {
        send("Hello");
        assertEnded(page);
        page.locator(".facts").click();
        page.getByRole(AriaRole.GROUP, new GetByRoleOptions().setName("Figures"))
                .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Regenerate with another model…")).click();
        var picker = page.getByRole(AriaRole.DIALOG, new GetByRoleOptions().setName("Regenerate with"));
        picker.getByRole(AriaRole.OPTION).filter(new Locator.FilterOptions().setHasText("other/meta/text:2")).click();
        assertThat(replies(page)).containsText("2/2");
        assertThat(page.locator(".facts")).containsText("other/meta/text:2");
        assertEquals(1, other.questions().size());
        assertThat(button(page, "Model: other/meta/text:2")).isVisible();
    }

    private static Locator group(Locator picker, String name) {
        return picker.getByRole(AriaRole.GROUP, new Locator.GetByRoleOptions().setName(name).setExact(true));
    }
}
