package runnel.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import runnel.chat.Secret;

class SettingsTest {
    @TempDir
    Path folder;

    private static Settings settings(String... namesAndValues) {
        return Settings.of(SettingsSources.of(map(namesAndValues)));
    }

    private static String refusal(String... namesAndValues) {
        return assertThrows(StartupFailure.class, () -> settings(namesAndValues)).getMessage();
    }

    private static Map<String, String> map(String... namesAndValues) {
        Map<String, String> map = new HashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            map.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return map;
    }

    private void dotEnv(String text) throws IOException {
        Files.writeString(folder.resolve(".env"), text);
    }

    @Test
    void without_any_setting_the_defaults_of_the_documents_hold() {
        Settings settings = settings();
        assertEquals("127.0.0.1", settings.listening().host());
        assertEquals(7070, settings.listening().port());
        assertEquals(Auth.NONE, settings.people().auth());
        assertEquals(Duration.ofSeconds(600), settings.servers().timeout());
        assertEquals("You are a helpful assistant", settings.model().systemPrompt());
        assertTrue(settings.servers().all().isEmpty() && settings.model().sampling().temperature().isEmpty());
    }

    @Test
    void a_flag_beats_the_environment_which_beats_the_file() throws IOException {
        dotEnv("PORT=1\nHEARTBEAT=1\nOPENAI_TIMEOUT=1\n");
        Settings settings = Settings.of(SettingsSources.of(map("PORT", "3"), map("PORT", "2", "HEARTBEAT", "2"), folder));
        assertEquals(3, settings.listening().port());
        assertEquals(Duration.ofSeconds(2), settings.listening().heartbeat());
        assertEquals(Duration.ofSeconds(1), settings.servers().timeout());
    }

    @Test
    void servers_on_this_machine_are_looked_for_where_nobody_else_reaches_the_server_or_where_that_is_asked_for() {
        assertTrue(settings().servers().discover());
        assertFalse(settings("DISCOVER", "off").servers().discover());
        assertFalse(settings("HOST", "0.0.0.0").servers().discover());
        assertFalse(settings("PUBLIC_URL", "https://chat.example.org").servers().discover());
        assertTrue(settings("HOST", "0.0.0.0", "DISCOVER", "on").servers().discover());
    }

    @Test
    void an_empty_value_counts_as_not_set() throws IOException {
        dotEnv("PORT=\nHEARTBEAT=7\nOPENAI_API_KEY=\"\"\n");
        Settings settings = Settings.of(SettingsSources.of(map(), map("HEARTBEAT", " ", "OPENAI_KEY", ""), folder));
        assertEquals(7070, settings.listening().port());
        assertEquals(Duration.ofSeconds(7), settings.listening().heartbeat());
        assertTrue(settings.servers().main().isEmpty());
    }

    @Test
    void the_key_has_a_second_name_that_its_first_name_beats() {
        assertEquals(new Secret("b"), settings("OPENAI_KEY", "b").servers().main().orElseThrow().access().key().orElseThrow());
        assertEquals(new Secret("a"), settings("OPENAI_KEY", "b", "OPENAI_API_KEY", "a").servers().main().orElseThrow().access().key().orElseThrow());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {"PORT | \"8080\" | 8080", "PORT | '8080' # behind nginx | 8080", "PORT | 8080 # behind nginx | 8080"})
    void what_docker_leaves_around_a_value_of_an_env_file_is_taken_away(String name, String value, int port) {
        assertEquals(port, settings(name, value).listening().port());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {"\"Be brief\" | Be brief", "'Be # brief' | Be # brief", "Be # brief | Be # brief",
        "\"Be\" said \"he\" | \"Be\" said \"he\"", "it's | it's"})
    void a_text_of_the_environment_keeps_everything_but_quotes_around_the_whole(String value, String meant) {
        assertEquals(meant, settings("SYSTEM_PROMPT", value).model().systemPrompt());
    }

    @Test
    void a_folder_may_be_in_the_home_folder() {
        assertEquals(Path.of(System.getProperty("user.home"), "runnel"), settings("DATA_DIR", "~/runnel").operation().dataDir());
    }

    @ParameterizedTest
    @CsvSource({"PORT,-1", "PORT,65536", "PORT,1e3", "PORT,x", "HEARTBEAT,0", "HEARTBEAT,3601", "HEARTBEAT,1.5",
        "OPENAI_TEMPERATURE,2.1", "OPENAI_TEMPERATURE,-1", "OPENAI_TEMPERATURE,NaN", "OPENAI_TIMEOUT,0", "SHUTDOWN_GRACE,-1",
        "OPENAI_MAX_RESPONSE_LENGTH,0", "OPENAI_CONTEXT_LENGTH,none", "CONTINUE_INTERRUPTED,maybe", "AUTH,ldap", "LOG_LEVEL,loud",
        "HOST,a b", "HOST,1.2.3", "HOST,999.1.1.1", "HOST,http://localhost", "MAX_STREAMS,0", "MAX_STREAMS_PER_USER,0",
        "MAX_RUNNING,0", "OPENAI_BASE_URL,ftp://host", "OPENAI_BASE_URL,http://", "OPENAI_BASE_URL,localhost:11434",
        "OPENAI_BASE_URL,http://host:99999", "OPENAI_BASE_URL,http://my_ollama:99999", "PUBLIC_URL,https://host/a b", "PUBLIC_URL,https://host/a%20b", "PUBLIC_URL,https://host/a/../b", "PUBLIC_URL,https://host//a",
        "PUBLIC_URL,https://host/a;b", "PUBLIC_URL,https://host/é", "TRUSTED_PROXIES,10.0.0.0/33", "TRUSTED_PROXIES,proxy", "ALLOWED_ORIGINS,*", "ALLOWED_ORIGINS,null",
        "ALLOWED_ORIGINS,https://*.example.org", "ALLOWED_ORIGINS,https://app.example.org/path", "ALLOWED_ORIGINS,app.example.org", "ALLOWED_ORIGINS,'https://a.example, *'",
        "DATA_DIR,pom.xml", "PUBLIC_DIR,src/main/java", "OPENAI_ORGANIZATION,a b"})
    void a_wrong_value_is_refused_with_its_name_the_value_and_what_is_allowed(String name, String value) {
        String refusal = refusal(name, value);
        assertTrue(refusal.contains(name + "=" + value + " from the environment is not allowed. It must be "), refusal);
    }

    @ParameterizedTest
    @CsvSource({"PORT,0", "HEARTBEAT,3600", "OPENAI_TEMPERATURE,0", "OPENAI_TEMPERATURE,1.75", "SHUTDOWN_GRACE,0", "AUTH,Accounts",
        "CONTINUE_INTERRUPTED,YES", "HOST,::1", "HOST,localhost", "OPENAI_BASE_URL,http://my_ollama:11434/v1",
        "OPENAI_BASE_URL,http://[::1]:11434/v1/", "PUBLIC_URL,https://chat.example.org/", "PUBLIC_URL,https://example.org/chat", "PUBLIC_URL,https://example.org/a/b-1_2~3.v4/",
        "OPENAI_BASE_URL,https://name.openai.azure.com/openai/deployments/d?api-version=2024-10-21", "SMTP_URL,smtp://u:p@my_mail:25",
        "TRUSTED_PROXIES,'::1, 10.0.0.0/8,fd00::/8'", "DATA_DIR,target/new/folder"})
    void a_value_at_the_edge_of_what_is_allowed_is_taken(String name, String value) {
        settings(name, value);
    }

    @Test
    void a_url_loses_its_trailing_slash() {
        assertEquals(URI.create("http://h/v1"), settings("OPENAI_BASE_URL", "http://h/v1/").servers().main().orElseThrow().url());
    }

    @Test
    void what_is_wrong_is_said_once_though_others_depend_on_it() {
        String refusal = refusal("PUBLIC_URL", "chat.example.org", "SMTP_URL", "mail", "REQUIRE_VERIFIED_EMAIL", "true", "HOST", "0.0.0.0");
        assertEquals(1, refusal.split("PUBLIC_URL=chat", -1).length - 1, refusal);
    }

    @Test
    void all_wrong_settings_are_named_at_once() {
        String refusal = refusal("PORT", "x", "HEARTBEAT", "y", "AUTH", "z");
        assertTrue(List.of("PORT=x", "HEARTBEAT=y", "AUTH=z").stream().allMatch(refusal::contains), refusal);
    }

    @ParameterizedTest
    @CsvSource({"OPENAI_API_KEY,hush hush", "OPENAI_KEY,hush hush", "SMTP_URL,http://u:hush@h", "SMTP_URL,smtp://u:hush@h:99999",
        "OPENAI_BASE_URL,https://u:hush@my_host/v1", "OPENAI_BASE_URL,https://u:hush@h/v1", "OPENAI_BASE_URL,https://h/v1?key=hush",
        "PUBLIC_URL,https://u:hush@h"})
    void a_secret_is_never_printed(String name, String value) {
        String refusal = refusal(name, value);
        assertTrue(refusal.contains(name), refusal);
        assertFalse(refusal.contains("hush"), refusal);
    }

    @Test
    void an_accepted_secret_is_not_in_the_text_of_the_settings() {
        assertFalse(settings("OPENAI_API_KEY", "hush").toString().contains("hush"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.8.9.1", "::1", "[::1]", "localhost", "LOCALHOST"})
    void on_a_loopback_address_nobody_needs_to_log_in(String host) {
        assertEquals(Auth.NONE, settings("HOST", host).people().auth());
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", "192.168.1.2", "chat.example.org", "localhost.example.org"})
    void on_any_other_address_people_log_in_and_nothing_less_is_accepted(String host) {
        assertEquals(Auth.ACCOUNTS, settings("HOST", host).people().auth());
        String refusal = refusal("HOST", host, "AUTH", "none");
        assertTrue(refusal.contains("Set AUTH=accounts, or HOST=127.0.0.1"), refusal);
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://chat.example.org", "http://my_chat", "http://192.168.1.2:8080"})
    void behind_an_address_that_others_type_people_log_in_unless_it_is_said_otherwise(String publicUrl) {
        assertEquals(Auth.ACCOUNTS, settings("PUBLIC_URL", publicUrl).people().auth());
        assertTrue(settings("PUBLIC_URL", publicUrl).listening().isReached());
        assertEquals(Auth.NONE, settings("PUBLIC_URL", publicUrl, "AUTH", "none").people().auth());
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://localhost:8080", "https://127.0.0.1", "http://[::1]:80"})
    void an_address_of_this_machine_itself_changes_nothing(String publicUrl) {
        assertEquals(Auth.NONE, settings("PUBLIC_URL", publicUrl).people().auth());
        assertFalse(settings("PUBLIC_URL", publicUrl).listening().isReached());
    }
}
