package runnel.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import runnel.Client;
import runnel.Person;

/// What is read where there is no network: by whom, and until when.
class OfflineTest extends PageTest {
    private static final String CACHED = """
            async () => {
              const texts = [];
              for (const name of await caches.keys()) {
                const cache = await caches.open(name);
                for (const key of await cache.keys()) texts.push(key.url, await (await cache.match(key))?.text()); // unless it is gone meanwhile
              }
              return texts.join(' ');
            }""";

    @Override
    protected String[] settings() {
        return new String[] {"AUTH", "accounts"};
    }

    @Override
    boolean readsOffline() {
        return true;
    }

    @Override
    Page first() {
        return tab("/login");
    }

    @AfterEach
    void forgiveWhatIsMissing() {
        forgive("ERR_INTERNET_DISCONNECTED");
        forgive("401");
    }

    private Person registered(String name) {
        return Person.registered(server, name + "@example.org");
    }

    private void login(String name) {
        page.navigate(address("/login"));
        page.getByLabel("E-mail").fill(name + "@example.org");
        page.getByLabel("Password", new Page.GetByLabelOptions().setExact(true)).fill(Person.PASSWORD);
        button(page, "Log in").click();
        assertThat(box(page)).isVisible();
    }

    private void awaitKept(String text) {
        for (int looks = 0; looks < 200 && !kept().contains(text); looks++) {
            page.waitForTimeout(100);
        }
        assertTrue(kept().contains(text), text);
    }

    private String kept() {
        return page.evaluate(CACHED).toString();
    }

    private void logout() {
        page.navigate(address("/profile"));
        button(page, "Log out").last().click();
        assertThat(page).hasURL(Pattern.compile(".*/login$"));
    }

    @Test
    void what_was_read_last_opens_without_a_network_and_a_prompt_waits_for_it() {
        registered("ada");
        login("ada");
        send("text:3");
        assertEnded(page);
        awaitKept("word0 word1 word2");
        context.setOffline(true);
        page.reload();
        assertThat(replies(page)).containsText("word0 word1 word2");
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("You are offline. This was read");

        send("text:4");
        assertThat(page.getByText("You are offline. It is sent when the connection is back.")).isVisible();
        assertEquals(1, model.questions().size());
        context.setOffline(false);
        assertThat(replies(page)).hasCount(2);
        assertEnded(page);
        assertThat(page.getByText("You are offline")).hasCount(0);
        assertEquals(2, model.questions().size());
    }

    @Test
    void a_reply_that_runs_while_the_network_is_away_stays_and_is_whole_when_it_is_back() {
        registered("ada");
        login("ada");
        send("text:3");
        assertEnded(page);
        awaitKept("word0 word1 word2");
        var script = model.script();
        send("Go on");
        script.send("one ");
        assertThat(replies(page).last()).containsText("one");
        context.setOffline(true);
        page.waitForTimeout(3_000);
        assertThat(replies(page)).hasCount(2);
        assertThat(replies(page).last()).containsText("one");
        assertRunning(page);
        script.send("two").finish();
        context.setOffline(false);
        assertThat(replies(page).last()).containsText("one two");
        assertEnded(page);
        assertThat(replies(page)).hasCount(2);
        // as what the worker does not answer is named
        forgive("ERR_FAILED");
    }

    @Test
    void nobody_reads_what_another_person_read_in_the_same_browser() {
        registered("ada").ask("A secret of Ada", "text:3");
        registered("bob");
        login("ada");
        chats(page).getByText("A secret of Ada").click();
        assertEnded(page);
        awaitKept("A secret of Ada");
        logout();
        assertFalse(kept().contains("A secret of Ada"));

        login("ada");
        chats(page).getByText("A secret of Ada").click();
        awaitKept("A secret of Ada");
        // whose session ends otherwise, too
        context.clearCookies();
        page.navigate(address("/"));
        assertThat(page).hasURL(Pattern.compile(".*/login#/$"));
        login("bob");
        awaitKept("bob@example.org");
        assertFalse(kept().contains("A secret of Ada"));
        context.setOffline(true);
        page.reload();
        assertThat(box(page)).isVisible();
        assertThat(page.getByText("A secret of Ada")).hasCount(0);
    }

    /// `Clear-Site-Data` would hold up the log-out for seconds in Chromium, and does nothing over http.
    @Test
    void what_a_person_has_seen_is_not_in_the_browser_s_cache_after_the_log_out() {
        registered("ada").ask("A secret of Ada", "text:3");
        login("ada");
        chats(page).getByText("A secret of Ada").click();
        assertEnded(page);
        var seen = page.evaluate("""
                async () => {
                  const { id } = await (await fetch('/api/uploads?name=a.txt', { method: 'POST', body: 'A secret' })).json();
                  const seen = [`/api/uploads/${id}`, `/api/chats/${location.pathname.split('/').at(-1)}`, '/api/chats?limit=40', '/api/me'];
                  for (const address of seen) await (await fetch(address)).text();
                  return seen;
                }""");
        var fromCache = "seen => Promise.all(seen.map(async address => (await fetch(address, { cache: 'force-cache' })).status))";
        assertEquals(List.of(200, 200, 200, 200), page.evaluate(fromCache, seen));
        logout();
        assertEquals(List.of(401, 401, 401, 401), page.evaluate(fromCache, seen));
    }

    @Test
    void with_a_network_the_document_is_the_server_s_and_streams_and_files_are_not_kept() {
        registered("ada");
        login("ada");
        send("text:3");
        assertEnded(page);
        awaitKept("word0 word1 word2");
        page.evaluate("caches.open('/ page').then((cache) => cache.put('/', new Response('<p>old</p>', { headers: { 'content-type': 'text/html' } })))");
        page.reload();
        assertThat(box(page)).isVisible();
        awaitKept("/a/index/");
        var kept = kept();
        assertFalse(kept.contains("<p>old</p>"));
        assertFalse(Pattern.compile(Pattern.quote(address("/")) + "api/(?:sse|events|poll|uploads)").matcher(kept).find());
        assertTrue(Client.json(client.get("/health")).isObject());
    }
}
