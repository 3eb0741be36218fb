package runnel.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.GoBackOptions;
import com.microsoft.playwright.options.WaitUntilState;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import runnel.Person;

/// A page that the browser keeps when it is left, and shows again as it was.
class BackForwardCacheTest extends PageTest {
    /// A page that was kept does not load.
    private static final GoBackOptions AT_ONCE = new GoBackOptions().setWaitUntil(WaitUntilState.COMMIT);

    private final List<String> streams = new CopyOnWriteArrayList<>();

    @Override
    protected String[] settings() {
        return new String[] {"AUTH", "accounts"};
    }

    @Override
    Browser browser() {
        return Chromium.shared().whole();
    }

    @Override
    Page first() {
        return tab("/register");
    }

    @BeforeEach
    void register() {
        page.getByLabel("Name").fill("Ada");
        page.getByLabel("E-mail").fill("ada@example.org");
        page.locator("[name=password]").fill(Person.PASSWORD);
        button(page, "Register").click();
        assertThat(box(page)).isVisible();
        page.evaluate("addEventListener('pageshow', ({ persisted }) => { window.kept = persisted; })");
        context.onRequest(request -> {
            if (request.url().contains("/api/sse/")) {
                streams.add(request.url());
            }
        });
    }

    private void goBack() {
        page.goBack(AT_ONCE);
    }

    private void assertKept() {
        assertEquals(true, page.evaluate("window.kept"),
                () -> "" + page.evaluate("JSON.stringify(performance.getEntriesByType('navigation')[0].notRestoredReasons)"));
    }

    @Test
    void a_page_that_is_left_in_mid_reply_and_come_back_to_goes_on_from_its_place_with_the_whole_text() {
        var script = model.script();
        send("Hello");
        script.send("one ");
        assertThat(replies(page)).containsText("one");
        page.navigate(address("/profile"));
        script.send("two ");
        goBack();
        assertThat(replies(page)).containsText("one two");
        assertKept();
        assertRunning(page);
        script.send("three").finish();
        assertEnded(page);
        assertThat(replies(page).locator(".prose")).hasText("one two three");
        assertEquals(2, streams.size(), streams.toString());
        assertTrue(streams.getLast().contains("?after="), streams.toString());
        assertEquals(1, model.questions().size());
    }

    @Test
    void a_page_that_is_come_back_to_after_logging_out_shows_nothing_of_the_chats() {
        send("A secret");
        assertEnded(page);
        page.navigate(address("/profile"));
        button(page, "Log out").click();
        assertThat(page).hasURL(Pattern.compile(".*/login$"));
        page.evaluate("history.go(-2)");
        assertThat(page).hasURL(Pattern.compile(".*/login#/c/.*"));
        assertThat(page.getByText("A secret")).hasCount(0);
        forgive("401");
    }
}
