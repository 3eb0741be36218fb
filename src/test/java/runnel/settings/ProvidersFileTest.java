package runnel.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import runnel.chat.Secret;

/// The file of model servers: what may be in it, and how what may not is told.
class ProvidersFileTest {
    private static final String SECRET = "gsk_canary7f3a9c";

    @TempDir
    Path folder;

    private Path write(String json) throws IOException {
        return Files.writeString(folder.resolve("providers.json"), json);
    }

    private List<Provider> read(String json, String... variables) throws IOException {
        write(json);
        Map<String, String> environment = new HashMap<>();
        for (int i = 0; i < variables.length; i += 2) {
            environment.put(variables[i], variables[i + 1]);
        }
        return Settings.of(SettingsSources.of(Map.of(), environment, folder)).servers().others();
    }

    private String refusal(String json, String... variables) {
        return assertThrows(StartupFailure.class, () -> read(json, variables), json).getMessage();
    }

    @Test
    void a_server_is_read_with_all_that_is_said_of_it_and_its_key_comes_from_the_variable() throws IOException {
        var found = read("""
                [{"id": "router", "name": "Open Router", "url": "https://openrouter.ai/api/v1/", "key_env": "ROUTER_KEY", "api": "responses",
                  "models": ["meta/llama-3", "b"], "headers": {"X-Title": "Our chat", "api-key": "${OTHER_KEY}"},
                  "context_length": {"b": 8192}, "vision": ["b"]}]""", "ROUTER_KEY", "k1", "OTHER_KEY", "k2").getFirst();
        assertEquals("Open Router", found.name());
        assertEquals(URI.create("https://openrouter.ai/api/v1"), found.url());
        assertEquals(Optional.of(new Secret("k1")), found.access().key());
        assertEquals(Map.of("X-Title", new Secret("Our chat"), "api-key", new Secret("k2")), found.access().headers());
        assertEquals(Set.of(), found.access().unset());
        assertEquals(Provider.Api.RESPONSES, found.api());
        assertEquals(new Provider.Offer(List.of("meta/llama-3", "b"), Map.of("b", 8192L), Set.of("b")), found.offer());
    }

    @Test
    void prices_are_those_of_the_file_in_its_currency() throws IOException {
        var found = read("""
                [{"id": "a", "url": "http://h/v1", "currency": "EUR", "prices": {"m": {"input": 1.25, "output": 10}, "free": {"input": 0, "output": 0}}},
                 {"id": "b", "url": "http://h/v1", "prices": {"m": {"input": 1, "output": 2}}}]""");
        assertEquals(Map.of("m", new Provider.Price(1.25, 10, "EUR"), "free", new Provider.Price(0, 0, "EUR")), found.get(0).offer().prices());
        assertEquals("USD", found.get(1).offer().prices().get("m").currency());
    }

    @Test
    void a_price_that_is_none_is_refused_with_its_place() {
        for (var wrong : List.of("{\"m\": 3}", "{\"m\": {\"input\": 1}}", "{\"m\": {\"input\": -1, \"output\": 1}}", "{\"m\": {\"input\": \"1\", \"output\": 1}}",
                "{\"m\": {\"input\": 1, \"output\": 1, \"more\": 1}}", "[]")) {
            assertTrue(refusal("[{\"id\": \"a\", \"url\": \"http://h/v1\", \"prices\": " + wrong + "}]").contains("providers.json[0] (a), prices"), wrong);
        }
        assertTrue(refusal("[{\"id\": \"a\", \"url\": \"http://h/v1\", \"currency\": \"dollars\"}]").contains("currency"));
        assertTrue(refusal("[{\"id\": \"a\", \"url\": \"http://h/v1\", \"models\": [\"x\"], \"prices\": {\"y\": {\"input\": 1, \"output\": 1}}}]").contains("prices: y"));
    }

    @Test
    void an_id_and_an_address_are_enough() throws IOException {
        var found = read("[{\"id\": \"ollama\", \"url\": \"http://127.0.0.1:11434/v1\"}]").getFirst();
        assertEquals("ollama", found.name());
        assertEquals(Provider.Api.CHAT, found.api());
        assertEquals(Provider.Offer.WHATEVER_IT_LISTS, found.offer());
        assertTrue(found.access().key().isEmpty());
    }

    @Test
    void the_environment_s_server_comes_first_and_needs_no_file() throws IOException {
        write("[{\"id\": \"b\", \"url\": \"http://h/v1\"}]");
        var servers = Settings.of(SettingsSources.of(Map.of(), Map.of("OPENAI_API_KEY", "k"), folder)).servers();
        assertEquals(List.of("default", "b"), servers.all().stream().map(Provider::id).toList());
        assertEquals(URI.create("https://api.openai.com/v1"), servers.main().orElseThrow().url());
    }

    @Test
    void a_key_can_be_in_the_file_of_settings_and_one_that_is_nowhere_is_no_reason_not_to_start() throws IOException {
        Files.writeString(folder.resolve(".env"), "A_KEY=from-file\n");
        var found = read("[{\"id\":\"a\",\"url\":\"http://h\",\"key_env\":\"A_KEY\"},{\"id\":\"b\",\"url\":\"http://h\",\"key_env\":\"B_KEY\"}]");
        assertEquals(Optional.of(new Secret("from-file")), found.getFirst().access().key());
        assertEquals(Set.of("B_KEY"), found.getLast().access().unset());
    }

    @Test
    void another_file_can_be_named_and_one_that_is_not_there_is_refused() throws IOException {
        var file = Files.move(write("[{\"id\": \"b\", \"url\": \"http://h/v1\"}]"), folder.resolve("mine.json"));
        assertEquals("b", Settings.of(SettingsSources.of(Map.of("PROVIDERS", file.toString()))).servers().others().getFirst().id());
        assertTrue(assertThrows(StartupFailure.class, () -> Settings.of(SettingsSources.of(Map.of("PROVIDERS", file + "x")))).getMessage()
                .contains("mine.jsonx from the environment is not allowed. It must be a JSON file"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "{\"id\":\"a/b\",\"url\":\"http://h\"} | providers.json[0] (a/b), id: \"a/b\" is not allowed. It must be 1 to 32 letters",
            "{\"id\":\"a b\",\"url\":\"http://h\"} | [0] (a b), id: \"a b\" is not allowed",
            "{\"id\":\"\",\"url\":\"http://h\"} | [0], id: \"\" is not allowed",
            "{\"id\":\"Default\",\"url\":\"http://h\"} | not default or demo",
            "{\"url\":\"http://h\"} | [0], id (missing) is not allowed",
            "{\"id\":7,\"url\":\"http://h\"} | [0] (7), id: 7 is not allowed",
            "{\"id\":\"a\"} | [0] (a), url (missing) is not allowed. It must be an http or https URL",
            "{\"id\":\"a\",\"url\":\"ftp://h\"} | url: \"ftp://h\" is not allowed",
            "{\"id\":\"a\",\"url\":\"h\"} | url: \"h\" is not allowed",
            "{\"id\":\"a\",\"url\":5} | url: 5 is not allowed",
            "{\"id\":\"a\",\"url\":\"http://u:gsk_canary7f3a9c@h\"} | url (its value is not shown) is not allowed",
            "{\"id\":\"a\",\"url\":\"http://h?key=gsk_canary7f3a9c\"} | url (its value is not shown) is not allowed",
            "{\"id\":\"a\",\"url\":\"http://h\",\"key\":\"gsk_canary7f3a9c\"} | key is not allowed. It must be one of id, name, url",
            "{\"id\":\"a\",\"url\":\"http://h\",\"key\":\"gsk_canary7f3a9c\"} | a secret is never in this file",
            "{\"id\":\"a\",\"url\":\"http://h\",\"key_env\":\"gsk_canary7f3a9c\"} | key_env (its value is not shown) is not allowed",
            "{\"id\":\"a\",\"url\":\"http://h\",\"key_env\":null} | key_env (its value is not shown) is not allowed",
            "{\"id\":\"a\",\"url\":\"http://h\",\"key_env\":\"BAD_KEY\"} | BAD_KEY, which providers.json[0] (a) names (its value is not shown)",
            "{\"id\":\"a\",\"url\":\"http://h\",\"api\":\"Chat\"} | api: \"Chat\" is not allowed. It must be chat or responses",
            "{\"id\":\"a\",\"url\":\"http://h\",\"name\":\"a\\nb\"} | name: \"a\\nb\" is not allowed",
            "{\"id\":\"a\",\"url\":\"http://h\",\"models\":\"m\"} | models: \"m\" is not allowed. It must be an array",
            "{\"id\":\"a\",\"url\":\"http://h\",\"models\":[\"m\",\"m\"]} | models[1]: \"m\" is not allowed",
            "{\"id\":\"a\",\"url\":\"http://h\",\"models\":[\"m\",\" \"]} | models[1]: \" \" is not allowed",
            "{\"id\":\"a\",\"url\":\"http://h\",\"headers\":[]} | headers (its value is not shown) is not allowed. It must be an object",
            "{\"id\":\"a\",\"url\":\"http://h\",\"headers\":{\"authorization\":\"gsk_canary7f3a9c\"}} | headers: authorization is not allowed",
            "{\"id\":\"a\",\"url\":\"http://h\",\"headers\":{\"HOST\":\"x\"}} | headers: HOST is not allowed",
            "{\"id\":\"a\",\"url\":\"http://h\",\"headers\":{\"X\":\"1\",\"x\":\"2\"}} | headers: x is not allowed",
            "{\"id\":\"a\",\"url\":\"http://h\",\"headers\":{\"X y\":\"1\"}} | headers: X y is not allowed",
            "{\"id\":\"a\",\"url\":\"http://h\",\"headers\":{\"X\":\"gsk_canary7f3a9c\\r\\nY: z\"}} | headers.X (its value is not shown) is not allowed",
            "{\"id\":\"a\",\"url\":\"http://h\",\"headers\":{\"X\":\"${gsk_canary7f3a9c}\"}} | headers.X (its value is not shown) is not allowed",
            "{\"id\":\"a\",\"url\":\"http://h\",\"headers\":{\"X\":{\"gsk_canary7f3a9c\":1}}} | headers.X (its value is not shown) is not allowed",
            "{\"id\":\"a\",\"url\":\"http://h\",\"context_length\":{\"m\":\"8k\"}} | context_length.m: \"8k\" is not allowed. It must be a whole number",
            "{\"id\":\"a\",\"url\":\"http://h\",\"context_length\":{\"m\":0}} | context_length.m: 0 is not allowed",
            "{\"id\":\"a\",\"url\":\"http://h\",\"context_length\":{\"m\":1e99}} | is not allowed. It must be a whole number",
            "{\"id\":\"a\",\"url\":\"http://h\",\"models\":[\"m\"],\"vision\":[\"n\"]} | vision: n is not allowed. It must be one of those in models",
            "[] | providers.json[0] must be an object with the fields id and url",
            "null | providers.json[0] must be an object"})
    void what_is_wrong_is_told_with_its_place_and_what_is_allowed_and_never_a_secret(String entry, String words) {
        String told = refusal("[" + entry + "]", "BAD_KEY", "two " + SECRET);
        assertTrue(told.contains(words), told);
        assertFalse(told.contains(SECRET), told);
        assertFalse(told.contains("\n") && told.lines().anyMatch(line -> line.startsWith("Y:")), told);
    }

    @Test
    void all_that_is_wrong_is_told_at_once_and_two_servers_of_one_name_are_told_apart_by_their_places() {
        String told = refusal("[{\"id\":\"a\",\"url\":\"x\"},{\"id\":\"A\",\"url\":\"http://h\"},5]");
        assertTrue(told.contains("providers.json[1] (A), id is not allowed. It must be one that no other has; providers.json[0] has it already"), told);
        assertTrue(told.contains("[0] (a), url") && told.contains("[2] must be"), told);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "[{\"id\":\"a\",} ] | line 1, column 12: a comma stands before a closing bracket",
            "[{\"id\":\"gsk_canary7f3a9c\"},] | a comma stands before a closing bracket",
            "[{\"id\":\"a\",\"id\":\"gsk_canary7f3a9c\"}] | a field is there twice",
            "[gsk_canary7f3a9c] | line 1, column",
            "[] [] | this is no JSON",
            "{\"id\":\"a\"} | providers.json must be a JSON array",
            "7 | providers.json must be a JSON array",
            "`` | providers.json is empty"})
    void what_is_no_array_of_json_is_told_with_line_and_column(String text, String words) {
        String told = refusal(text == null ? "" : text);
        assertTrue(told.contains("providers.json") && told.contains(words), told);
        assertFalse(told.contains(SECRET), told);
    }

    @Test
    void a_file_that_is_too_large_or_no_text_is_refused_by_name() throws IOException {
        assertTrue(refusal(" ".repeat(2 << 20)).contains("The file providers.json cannot be read: it is larger than 1 MiB"));
        Files.write(folder.resolve("providers.json"), new byte[] {'[', (byte) 0xff, ']'});
        assertTrue(assertThrows(StartupFailure.class, () -> Settings.of(SettingsSources.of(Map.of(), Map.of(), folder))).getMessage()
                .contains("save it as UTF-8"));
        assertTrue(refusal("[" + "{\"id\":\"a\",\"url\":\"http://h\"},".repeat(70) + "{}]").contains("at most 64"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "UTF-16LE", "UTF-16BE"})
    void a_byte_order_mark_does_no_harm(String charset) throws IOException {
        Files.write(folder.resolve("providers.json"), "\uFEFF[{\"id\":\"é\"}]".replace("é", "e").replace("}", ",\"url\":\"http://h\"}")
                .getBytes(charset.equals("UTF-8") ? StandardCharsets.UTF_8 : java.nio.charset.Charset.forName(charset)));
        assertEquals("e", Settings.of(SettingsSources.of(Map.of(), Map.of(), folder)).servers().others().getFirst().id());
    }

    @Test
    void the_default_model_is_given_to_the_server_that_its_name_begins_with_else_to_the_environment_s() throws IOException {
        write("[{\"id\": \"b\", \"url\": \"http://h/v1\"}]");
        var servers = Settings.of(SettingsSources.of(Map.of(), Map.of("OPENAI_API_KEY", "k"), folder)).servers();
        var preferred = new HashMap<String, List<Optional<String>>>();
        for (String model : List.of("b/x/y", "x", "default/z")) {
            preferred.put(model, servers.all().stream().map(each -> servers.preferredAt(each, Optional.of(model))).toList());
        }
        assertEquals(List.of(Optional.empty(), Optional.of("x/y")), preferred.get("b/x/y"));
        assertEquals(List.of(Optional.of("x"), Optional.empty()), preferred.get("x"));
        assertEquals(List.of(Optional.of("z"), Optional.empty()), preferred.get("default/z"));
    }
}
