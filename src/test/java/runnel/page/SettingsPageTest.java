package runnel.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.options.AriaRole;
import org.junit.jupiter.api.Test;
import runnel.Client;

/// What one sets for oneself, in a dialog, and the page as an app of its own.
class SettingsPageTest extends PageTest {
    @Override
    boolean readsOffline() {
        return true;
    }

    private Locator sheet() {
        return page.getByRole(AriaRole.DIALOG, new GetByRoleOptions().setName("Settings"));
    }

    private void pick(String option) {
        sheet().getByRole(AriaRole.RADIO, new Locator.GetByRoleOptions().setName(option).setExact(true)).check();
    }

    @Test
    void theme_enter_and_the_key_for_shortcuts_are_set_and_stay_set() {
        button(page, "Settings").click();
        pick("Dark");
        assertThat(page.locator("html")).hasAttribute("data-theme", "dark");
        pick("Begins a new line");
        sheet().getByRole(AriaRole.SWITCH, new Locator.GetByRoleOptions().setName("The key ? shows all shortcuts")).uncheck();
        assertThat(sheet().getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName("Export everything"))).hasAttribute("href", "/api/export");
        page.keyboard().press("Escape");
        assertThat(sheet()).hasCount(0);
        assertThat(button(page, "Settings")).isFocused();
        page.keyboard().press("?");

        page.reload();
        assertThat(page.locator("html")).hasAttribute("data-theme", "dark");
        box(page).pressSequentially("one");
        box(page).press("Enter");
        box(page).pressSequentially("two");
        assertThat(box(page)).hasValue("one\ntwo");
        box(page).press("Control+Enter");
        assertEnded(page);
        page.evaluate("document.activeElement.blur()");
        page.keyboard().press("?");
        assertThat(page.getByRole(AriaRole.DIALOG)).hasCount(0);
    }

    @Test
    void a_browser_finds_all_that_it_wants_of_an_app_to_install() {
        var manifest = Client.json(client.get("/manifest.webmanifest"));
        assertEquals("standalone", manifest.get("display").asText());
        for (var icon : manifest.get("icons")) {
            var answer = client.get("/" + icon.get("src").asText());
            assertEquals(200, answer.statusCode());
            assertEquals(icon.get("type").asText(), answer.headers().firstValue("Content-Type").orElse(""));
        }
        try (var own = Chromium.shared().whole().newContext()) {
            var tab = own.newPage();
            tab.navigate(address("/"));
            var browser = own.newCDPSession(tab);
            // It looks when it has nothing else to do. The browser of a test keeps nothing, and says so.
            own.waitForCondition(() -> browser.send("Page.getInstallabilityErrors").getAsJsonArray("installabilityErrors").toString()
                    .equals("[{\"errorId\":\"in-incognito\",\"errorArguments\":[]}]"));
        }
    }
}
