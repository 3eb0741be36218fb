package runnel.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

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
        var choice = page.getByLabel("Model");
        assertThat(choice.locator("optgroup")).hasCount(3);
        assertThat(choice.locator("optgroup[label='The other'] option")).hasText("other/meta/text:2");
        var dead = choice.locator("optgroup[label='dead (not available)'] option");
        assertThat(dead).containsText("Nothing accepts connections at its address");
        assertThat(dead).isDisabled();
        assertThat(choice).hasValue("default/text:3");

        choice.selectOption("other/meta/text:2");
        assertThat(choice).hasValue("other/meta/text:2");
        send("Hello");
        assertThat(replies(page)).containsText("word1");
        assertEquals("meta/text:2", other.questions().getFirst().model());
        page.reload();
        assertThat(choice).hasValue("other/meta/text:2");
    }
}
