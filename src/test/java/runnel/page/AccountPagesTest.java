package runnel.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import runnel.Person;
import runnel.account.Email;
import runnel.account.Lifetime;
import runnel.store.SqliteDatabase;
import runnel.store.account.Accounts;
import runnel.store.account.MailTokens;

class AccountPagesTest extends PageTest {
    @Override
    protected String[] settings() {
        return new String[] {"AUTH", "accounts"};
    }

    @Override
    Page first() {
        return tab("/register");
    }

    private static Locator field(Page tab, String label) {
        return tab.getByLabel(label, new Page.GetByLabelOptions().setExact(true));
    }

    private void register() {
        field(page, "Name").fill("Ada");
        field(page, "E-mail").fill("ada@example.org");
        page.locator("[name=password]").fill(Person.PASSWORD);
        button(page, "Register").click();
        assertThat(box(page)).isVisible();
    }

    private void login(String password) {
        field(page, "E-mail").fill("ada@example.org");
        field(page, "Password").fill(password);
        button(page, "Log in").click();
    }

    @Test
    void a_link_that_begins_a_chat_is_followed_behind_the_login_and_sends_nothing() {
        register();
        page.getByText("Ada", new Page.GetByTextOptions().setExact(true)).click();
        button(page, "Log out").click();
        assertThat(page).hasURL(Pattern.compile(".*/login$"));
        page.navigate(address("/?q=Hello+there"));
        assertThat(page).hasURL(Pattern.compile(".*/login#.*"));
        login(Person.PASSWORD);
        assertThat(box(page)).hasValue("Hello there");
        page.waitForTimeout(300);
        assertEquals(0, model.questions().size());
        forgive("401");
    }

    @Test
    void whoever_wants_a_copy_of_a_shared_chat_logs_in_first_and_comes_back() {
        register();
        var ada = Person.at(server, "ada@example.org");
        ada.login(Person.PASSWORD);
        var sent = ada.ask("Shared with everybody", "text:2");
        try (var reader = ada.read(sent)) {
            reader.rest();
        }
        var made = ada.send("PUT", "/api/chats/" + sent.chat() + "/share", runnel.Client.object());
        context.clearCookies();
        page.navigate(runnel.Client.json(made).get("url").asText());
        button(page, "Continue as my own copy").click();
        login(Person.PASSWORD);
        button(page, "Continue as my own copy").click();
        page.waitForURL(url -> url.contains("/c/") && !url.endsWith(sent.chat()));
        assertThat(replies(page)).containsText("word0 word1");
        forgive("401");
    }

    @Test
    void people_register_chat_log_out_and_in_again() {
        register();
        box(page).fill("hello");
        box(page).press("Enter");
        assertThat(replies(page)).hasCount(1);
        page.getByText("Ada", new Page.GetByTextOptions().setExact(true)).click();
        button(page, "Log out").click();
        assertThat(page).hasURL(Pattern.compile(".*/login$"));
        field(page, "Remember me").check();
        login(Person.PASSWORD);
        assertThat(box(page)).isVisible();
        assertThat(chats(page).getByRole(com.microsoft.playwright.options.AriaRole.LINK)).hasCount(1);
        page.reload();
        assertThat(box(page)).isVisible();
    }

    @Test
    void who_is_not_logged_in_comes_to_the_login_and_back_to_the_chat() {
        register();
        box(page).fill("hello");
        box(page).press("Enter");
        assertThat(page).hasURL(Pattern.compile(".*/c/.+"));
        var chat = page.url();
        context.clearCookies();
        page.navigate(chat);
        assertThat(page).hasURL(Pattern.compile(".*/login#/c/.+"));
        login("wrong wrong wrong");
        assertThat(page.getByRole(com.microsoft.playwright.options.AriaRole.ALERT)).containsText("wrong");
        login(Person.PASSWORD);
        assertThat(page).hasURL(chat);
        forgive("401");
    }

    @Test
    void what_is_wrong_with_a_field_is_said_at_the_field() {
        field(page, "Name").fill("Ada");
        field(page, "E-mail").fill("ada@example.org");
        page.locator("[name=password]").fill("password1234");
        button(page, "Register").click();
        assertThat(page.locator("[name=password]")).hasAttribute("aria-invalid", "true");
        assertThat(page.getByText("tried first")).isVisible();
        forgive("422");
    }

    @Test
    void the_profile_changes_name_password_and_tokens() {
        register();
        page.navigate(server.url("/profile").toString());
        field(page, "Name").fill("Ada L");
        button(page, "Save").click();
        assertThat(page.getByText("Saved.")).isVisible();
        field(page, "Name of the token").fill("script");
        button(page, "Make a token").click();
        var token = page.locator(".secret").textContent();
        assertEquals(200, server.client().get("/api/me", "Authorization", "Bearer " + token).statusCode());
        button(page, "Delete the token script").click();
        assertThat(button(page, "Delete the token script")).hasCount(0);
        assertEquals(401, server.client().get("/api/me", "Authorization", "Bearer " + token).statusCode());
        field(page, "Present password").fill(Person.PASSWORD);
        page.locator("[name=password][autocomplete=new-password]").fill("another long one");
        button(page, "Change the password").click();
        assertThat(page.getByText("Your password is changed.")).isVisible();
        assertEquals(200, Person.at(server, "ada@example.org").login("another long one").statusCode());
    }

    @Test
    void a_link_to_choose_a_password_leads_to_a_page_and_leaves_no_trace_in_the_address() {
        register();
        String ticket;
        try (var database = SqliteDatabase.open(data.resolve("runnel.db"))) {
            var user = new Accounts(database).find(Email.of("ada@example.org").orElseThrow()).orElseThrow().user();
            ticket = new MailTokens(database).reset(user, Lifetime.RESET).reveal();
        }
        page.navigate(server.url("/reset#" + ticket).toString());
        assertThat(page).hasURL(Pattern.compile(".*/reset$"));
        page.locator("[name=password]").fill("another long one");
        button(page, "Change the password").click();
        assertThat(page.getByText("Your password is changed.")).isVisible();
        assertEquals(200, Person.at(server, "ada@example.org").login("another long one").statusCode());
    }

    @Test
    void where_nobody_has_an_account_yet_the_first_one_is_asked_for() {
        page.navigate(server.url("/").toString());
        assertThat(page).hasURL(Pattern.compile(".*/register#/$"));
        assertThat(button(page, "Register")).isVisible();
        forgive("401");
    }

    @Test
    void who_is_logged_out_elsewhere_is_told_so_with_the_way_back_and_keeps_the_prompt() {
        register();
        var cookies = context.cookies();
        context.clearCookies();
        box(page).fill("hello");
        box(page).press("Enter");
        var alert = page.getByRole(com.microsoft.playwright.options.AriaRole.ALERT);
        assertThat(alert).containsText("You are logged out.");
        assertThat(box(page)).hasValue("hello");
        context.addCookies(cookies);
        alert.getByRole(com.microsoft.playwright.options.AriaRole.LINK).click();
        assertThat(page).hasURL(Pattern.compile(".*/login#/$"));
        login(Person.PASSWORD);
        assertThat(box(page)).hasValue("hello");
        forgive("401");
    }

    @Test
    void what_was_typed_goes_at_log_out_and_nobody_else_sees_it() {
        register();
        box(page).fill("a secret");
        page.getByText("Ada", new Page.GetByTextOptions().setExact(true)).click();
        button(page, "Log out").click();
        assertThat(page).hasURL(Pattern.compile(".*/login$"));
        assertEquals(false, page.evaluate("JSON.stringify({ ...localStorage, ...sessionStorage }).includes('a secret')"));
        login(Person.PASSWORD);
        assertThat(box(page)).hasValue("");
    }

    @Test
    void the_api_has_a_page_that_obeys_the_content_security_policy() {
        page.navigate(server.url("/api/docs").toString());
        assertThat(page.getByText("/api/replies/{reply}/stop")).isVisible();
        page.getByText("Ask: store a prompt and start a reply").click();
        assertThat(page.getByText("\"prompt\"").first()).isVisible();
    }
}
