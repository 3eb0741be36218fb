package runnel.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.LoadState;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// The page in other languages than English: chosen by the browser, or by a person.
class LanguagesTest extends PageTest {
    private static final Pattern TABLES = Pattern.compile(".*/languages/.*");

    @Override
    NewContextOptions options() {
        return new NewContextOptions().setLocale("de-AT");
    }

    @Override
    Page first() {
        return tab("/");
    }

    private static Page.GetByRoleOptions named(String name) {
        return new Page.GetByRoleOptions().setName(name).setExact(true);
    }

    @Test
    void the_browser_s_language_is_that_of_the_page_before_its_first_text() {
        assertThat(page.locator("html")).hasAttribute("lang", "de");
        page.getByRole(AriaRole.TEXTBOX, named("Nachricht")).fill("text:1200");
        button(page, "Senden").click();
        assertThat(page.getByRole(AriaRole.ARTICLE, named("Assistent"))).hasAttribute("aria-busy", "false");
        assertThat(page.getByTitle("Kennzahlen")).containsText("Token");
        page.getByTitle("Kennzahlen").click();
        assertThat(page.getByText("Geschrieben")).isVisible();
    }

    @Test
    void a_language_that_is_chosen_stays_and_can_be_written_from_right_to_left() {
        button(page, "Einstellungen").click();
        page.getByLabel("Sprache").selectOption("ar");
        assertThat(page.locator("html[lang=ar][dir=rtl]")).hasCount(1);
        assertThat(button(page, "إرسال")).isVisible();
        page.reload();
        assertThat(page.getByRole(AriaRole.TEXTBOX, named("رسالة"))).isVisible();
        var sidebar = page.locator(".sidebar").boundingBox();
        assertEquals(page.viewportSize().width, sidebar.x + sidebar.width, 1);
        assertEquals(false, page.evaluate("document.documentElement.scrollWidth > innerWidth"));
    }

    @Test
    void where_the_texts_cannot_be_had_the_page_is_in_english() {
        context.route(TABLES, Route::abort);
        page.reload();
        assertThat(box(page)).isVisible();
        assertThat(page.locator("html")).hasAttribute("lang", "en");
        forgive("ERR_FAILED");
    }

    @Test
    void a_reply_is_read_aloud_by_a_voice_of_the_device_and_no_other() {
        context.addInitScript("""
                globalThis.spoken = [];
                globalThis.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
                Object.defineProperty(globalThis, 'speechSynthesis', { value: {
                  getVoices: () => [{ name: 'far', lang: 'de-DE', localService: false }, { name: 'near', lang: 'de-DE', localService: true }],
                  speak: ({ text, voice }) => spoken.push(voice.name + ': ' + text.trim()),
                  cancel: () => spoken.push('silence'),
                } });
                """);
        page.reload();
        page.getByRole(AriaRole.TEXTBOX, named("Nachricht")).fill("text:2");
        button(page, "Senden").click();
        assertThat(page.getByRole(AriaRole.ARTICLE, named("Assistent"))).hasAttribute("aria-busy", "false");
        button(page, "Mehr zu dieser Nachricht").last().click();
        button(page, "Vorlesen").click();
        assertEquals("[silence, near: word0 word1 word2]", page.evaluate("spoken").toString());
        button(page, "Mehr zu dieser Nachricht").last().click();
        button(page, "Vorlesen stoppen").click();
        assertEquals("[silence, near: word0 word1 word2, silence]", page.evaluate("spoken").toString());
    }

    @Test
    void english_asks_for_no_texts_and_the_accounts_and_the_wire_have_the_same_ones() {
        try (BrowserContext english = context.browser().newContext(new NewContextOptions().setLocale("en-GB"))) {
            var tab = english.newPage();
            tab.onRequest(request -> assertTrue(!TABLES.matcher(request.url()).matches(), request.url()));
            tab.navigate(address("/"));
            assertThat(box(tab)).isVisible();
        }
        page.navigate(address("/inspect"));
        page.waitForLoadState(LoadState.DOMCONTENTLOADED);
        assertThat(page.getByRole(AriaRole.HEADING, named("Die Leitung"))).isVisible();
        assertThat(page).hasTitle("Die Leitung · Runnel");
        page.navigate(address("/"));
        assertThat(button(page, "Senden")).isVisible();
    }
}
