package runnel.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.GetByLabelOptions;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import runnel.Person;
import runnel.faults.DocumentedProxy;
import runnel.faults.DocumentedProxy.Kind;

/// The page below a path behind each of the documented proxies, with TLS and HTTP/2 in front.
class PathProxiesTest extends PageTest {
    private DocumentedProxy proxy;

    @Override
    protected String[] settings() {
        return new String[] {"PUBLIC_URL", "https://localhost/chat", "AUTH", "accounts", "TRUSTED_PROXIES", "127.0.0.1"};
    }

    @Override
    NewContextOptions options() {
        return new NewContextOptions().setIgnoreHTTPSErrors(true);
    }

    @Override
    Page first() {
        return null;
    }

    /// Whatever is asked for outside of the path is a complaint.
    @Override
    String address(String path) {
        return proxy.site() + "/chat" + path;
    }

    @AfterEach
    void closeProxy() {
        context.close();
        proxy.close();
    }

    @ParameterizedTest
    @CsvSource({"NGINX,false", "APACHE,true", "HAPROXY,false", "CADDY,true"})
    void a_person_registers_talks_reloads_and_comes_back(Kind kind, boolean strips) {
        proxy = DocumentedProxy.before(server.url(""), kind, strips, data.resolve("proxy"));
        register();
        talk();
        assertEquals(address("/c/" + shownChat()), page.url());
        page.reload();
        assertThat(replies(page).last()).containsText("one two");
        button(page, "New chat").click();
        assertEquals(address("/"), page.url());
        assertEquals(List.of("/chat"), context.cookies().stream().map(cookie -> cookie.path).toList());
        assertEquals(List.of(), page.evaluate("Object.keys(localStorage).filter((key) => !key.startsWith('/chatrunnel.'))"));
        assertEquals("h2", page.evaluate("performance.getEntriesByType('navigation')[0].nextHopProtocol"));
        page.navigate(address("/inspect?pattern"));
        assertThat(page.locator(".verdict").first()).containsText("Nothing holds events back");
        assertThat(page.locator(".verdict").last()).containsText("WebSockets come through.");
    }

    private void register() {
        page = tab("/register");
        assertThat(page.locator(".brand")).hasText("Runnel");
        page.getByLabel("Name", new GetByLabelOptions().setExact(true)).fill("Ada");
        page.getByLabel("E-mail").fill("ada@example.org");
        page.getByLabel("Password").first().fill(Person.PASSWORD);
        page.locator("form button").first().click();
        assertThat(box(page)).isVisible();
    }

    private void talk() {
        var script = model.script();
        send("Hello");
        script.send("one ");
        assertThat(replies(page).last()).containsText("one");
        assertRunning(page);
        script.send("two").finish();
        assertThat(replies(page).last()).containsText("one two");
        assertEnded(page);
    }
}
