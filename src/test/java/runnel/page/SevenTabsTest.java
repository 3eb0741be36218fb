package runnel.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Page;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import runnel.Client;
import runnel.upstream.openai.Script;

/// A browser has six connections to a server for all of its tabs.
class SevenTabsTest extends PageTest {
    private static final int TABS = 8;

    private final List<Page> tabs = new ArrayList<>();
    private final List<String> feeds = new ArrayList<>();

    @Override
    Page first() {
        context.onRequest(request -> {
            if (request.url().contains("/api/events")) {
                feeds.add(request.url());
            }
        });
        return super.first();
    }

    private void openTabs() {
        tabs.add(page);
        while (tabs.size() < TABS) {
            tabs.add(visit("/"));
        }
    }

    private static void ask(Page tab, String prompt) {
        box(tab).fill(prompt);
        button(tab, "Send").click();
    }

    @Test
    void a_reply_runs_in_each_of_eight_tabs_and_every_tab_still_works() {
        openTabs();
        var scripts = new ArrayList<Script>();
        for (var tab : tabs) {
            var script = model.script();
            ask(tab, "Tab " + scripts.size());
            script.send("begun ");
            assertThat(replies(tab)).containsText("begun");
            scripts.add(script);
        }
        for (int i = 0; i < TABS; i++) {
            scripts.get(i).send("and ended " + i).finish();
            assertThat(replies(tabs.get(i)).locator(".prose")).hasText("begun and ended " + i);
            assertEnded(tabs.get(i));
        }
        assertEquals(TABS, model.questions().size());
    }

    @Test
    void one_tab_reads_the_notifications_for_all_and_when_it_goes_another_goes_on_from_its_place() {
        openTabs();
        client.ask("From elsewhere", "text:2");
        for (var tab : tabs) {
            assertThat(chats(tab)).containsText("From elsewhere");
        }
        assertEquals(1, feeds.size(), feeds.toString());

        page.close();
        client.post("/api/announcements", Client.object().put("text", "Down at noon"));
        for (var tab : tabs.subList(1, TABS)) {
            assertThat(tab.getByText("Down at noon")).hasCount(1);
        }
        assertEquals(2, feeds.size(), feeds.toString());
        assertTrue(feeds.get(1).contains("?after="), feeds.toString());
    }
}
