package runnel.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.options.AriaRole;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import runnel.Client;
import runnel.Server;
import runnel.faults.Eventually;
import runnel.upstream.openai.ScriptedUpstream;

/// The page in a real Chromium, over a real server. Whatever a test does, the console must stay silent, no rule of the
/// Content-Security-Policy may be broken, and nothing may be asked of another host.
@Tag("page")
abstract class PageTest {
    @TempDir
    Path data;
    Server server;
    ScriptedUpstream model;
    Client client;
    BrowserContext context;
    Page page;
    private final List<String> complaints = new CopyOnWriteArrayList<>();
    private final List<String> forgiven = new ArrayList<>();

    @BeforeEach
    void open() {
        server = Server.start(data, settings());
        model = server.upstream();
        client = server.client();
        context = browser().newContext(options());
        context.setDefaultTimeout(20_000);
        if (!readsOffline()) {
            context.addInitScript("delete Navigator.prototype.serviceWorker");
        }
        page = first();
    }

    protected String[] settings() {
        return new String[0];
    }

    Browser browser() {
        return Chromium.shared().browser();
    }

    NewContextOptions options() {
        return new NewContextOptions();
    }

    /// Whether the page's service worker takes part, which answers what a test would otherwise see and hold up.
    boolean readsOffline() {
        return false;
    }

    Page first() {
        return visit("/");
    }

    @AfterEach
    void close() {
        context.close();
        server.close();
        assertEquals(List.of(), complaints.stream().filter(each -> forgiven.stream().noneMatch(each::contains)).toList());
    }

    /// Where the browser finds the server.
    String address(String path) {
        return server.url(path).toString();
    }

    /// Another tab of the same browser.
    final Page visit(String path) {
        var tab = tab(path);
        assertThat(box(tab)).isVisible();
        return tab;
    }

    /// The same, of a page that may be another than a chat.
    final Page tab(String path) {
        var tab = context.newPage();
        tab.onConsoleMessage(message -> {
            if (message.type().equals("error") || message.type().equals("warning")) {
                complaints.add(message.text() + " " + message.location());
            }
        });
        tab.onPageError(complaints::add);
        tab.onDialog(dialog -> {
            complaints.add("dialog: " + dialog.message());
            dialog.dismiss();
        });
        tab.onRequest(request -> {
            if (!request.url().startsWith(address("/")) && !request.url().startsWith("data:")) {
                complaints.add("asked of another host: " + request.url());
            }
        });
        tab.navigate(address(path));
        return tab;
    }

    /// What a test breaks on purpose makes the browser say so, now or until it is closed.
    final void forgive(String complaint) {
        forgiven.add(complaint);
    }

    static Locator box(Page tab) {
        return tab.getByRole(AriaRole.TEXTBOX, new GetByRoleOptions().setName("Message").setExact(true));
    }

    static Locator button(Page tab, String name) {
        return tab.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName(name).setExact(true));
    }

    /// The replies, oldest first.
    static Locator replies(Page tab) {
        return tab.getByRole(AriaRole.ARTICLE, new GetByRoleOptions().setName("Assistant").setExact(true));
    }

    static Locator prompts(Page tab) {
        return tab.getByRole(AriaRole.ARTICLE, new GetByRoleOptions().setName("You").setExact(true));
    }

    /// Waits for an expression to be true. The driver's own way to do so asks the page again by `eval`, which its policy forbids.
    static void becomesTrue(Page tab, String expression) {
        Eventually.holds(() -> Boolean.TRUE.equals(tab.evaluate("() => " + expression)));
    }

    static Locator chats(Page tab) {
        return tab.getByRole(AriaRole.NAVIGATION, new GetByRoleOptions().setName("Chats").setExact(true));
    }

    final void send(String prompt) {
        box(page).fill(prompt);
        button(page, "Send").click();
    }

    static void assertRunning(Page tab) {
        assertThat(replies(tab).last()).hasAttribute("aria-busy", "true");
    }

    static void assertEnded(Page tab) {
        assertThat(replies(tab).last()).hasAttribute("aria-busy", "false");
    }

    /// The chat that the page shows.
    final String shownChat() {
        page.waitForURL("**/c/*");
        return page.url().substring(page.url().lastIndexOf('/') + 1);
    }
}
