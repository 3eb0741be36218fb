package runnel.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a browser asks the server for to show a page.
class LoadingTest extends PageTest {
    private static final int MOST_AT_A_SECOND_VISIT = 3;

    /// What is asked for late is counted too.
    private static final int LATE_MILLIS = 1_000;
    private static final int MOST_REQUESTS = 12;
    private static final int MOST_BYTES = 75_000;
    private static final int MOST_BYTES_WITH_MARKDOWN = 124_000;
    /// Markdown, which is loaded once somebody does something.
    private static final Predicate<String> MARKDOWN = Pattern.compile("/drawn-prose-[0-9A-Z]+\\.js").asPredicate();

    private CDPSession network;
    private final Map<String, String> asked = new ConcurrentHashMap<>();
    private final Map<String, Integer> bytes = new ConcurrentHashMap<>();
    private final Set<String> cached = ConcurrentHashMap.newKeySet();

    /// How long `/inspect` keeps some of the few places at which a path is looked at, also when it has gone.
    private static final int PROBE_MILLIS = 4_000;

    /// Each test goes where it wants.
    @Override
    Page first() {
        return tab("/api/docs");
    }

    @BeforeEach
    void watch() {
        network = context.newCDPSession(page);
        network.on("Network.requestWillBeSent", event -> asked.put(id(event), event.getAsJsonObject("request").get("url").getAsString()));
        network.on("Network.requestServedFromCache", event -> cached.add(id(event)));
        network.on("Network.responseReceived", event -> {
            if (event.getAsJsonObject("response").get("fromDiskCache").getAsBoolean()) {
                cached.add(id(event));
            }
        });
        network.on("Network.loadingFinished", event -> bytes.put(id(event), event.get("encodedDataLength").getAsInt()));
        network.send("Network.enable");
        network.send("Network.clearBrowserCache");
    }

    private static String id(JsonObject event) {
        return event.get("requestId").getAsString();
    }

    /// What the server was asked for, each with the bytes of its answer and their headers.
    private Map<String, Integer> load(String path) {
        asked.clear();
        page.navigate(address(path));
        becomesTrue(page, "!!document.querySelector('#page > *, .recorders > *')");
        page.waitForTimeout(LATE_MILLIS);
        return asked();
    }

    private Map<String, Integer> asked() {
        var requests = new TreeMap<String, Integer>();
        asked.forEach((id, address) -> {
            if (!cached.contains(id) && address.startsWith(address("/"))) {
                requests.put(address.substring(address("/").length() - 1) + " " + id, bytes.getOrDefault(id, 0));
            }
        });
        return requests;
    }

    private static List<String> files(Map<String, Integer> requests) {
        return requests.keySet().stream().map(request -> request.split(" ")[0]).filter(name -> !name.startsWith("/api/")).toList();
    }

    private static int sent(Map<String, Integer> requests) {
        return requests.values().stream().mapToInt(Integer::intValue).sum();
    }

    @Test
    void a_first_visit_is_small_in_every_language_and_markdown_comes_with_the_first_key() {
        page.navigate(address("/"));
        var languages = new ArrayList<>(List.of("en"));
        ((List<?>) page.evaluate("[...document.querySelectorAll('link[hreflang]')].map(table => table.hreflang)"))
                .forEach(language -> languages.add(language.toString()));
        assertEquals(7, languages.size(), languages.toString());
        for (var language : languages) {
            page.evaluate("language => localStorage.setItem('runnel.language', language)", language);
            network.send("Network.clearBrowserCache");
            var requests = load("/");
            assertEquals(language, page.getAttribute("html", "lang"));
            assertTrue(requests.size() <= MOST_REQUESTS && sent(requests) <= MOST_BYTES, sent(requests) + " bytes: " + requests);
            page.waitForResponse(answer -> MARKDOWN.test(answer.url()), () -> page.keyboard().press("a")).finished();
            assertTrue(sent(asked()) <= MOST_BYTES_WITH_MARKDOWN, asked().toString());
        }
    }

    @ParameterizedTest
    @CsvSource({"/, 12, 75000", "/inspect, 12, 20000"})
    void a_first_visit_is_few_small_answers_and_a_second_asks_only_whether_there_is_another_version(String path, int most, int mostBytes) {
        var first = load(path);
        assertTrue(first.size() <= most && sent(first) <= mostBytes, first.size() + " requests, " + sent(first) + " bytes: " + first);
        assertEquals(1, first.keySet().stream().filter(request -> request.startsWith("/api/chats")).count(), first.toString());
        page.waitForTimeout(PROBE_MILLIS);
        var second = files(load(path));
        assertTrue(second.size() <= MOST_AT_A_SECOND_VISIT, second.toString());
        assertTrue(second.stream().noneMatch(name -> name.startsWith("/a/")), second.toString());
    }

    @ParameterizedTest
    @CsvSource({"/", "/inspect"})
    void the_document_names_every_script_that_is_asked_for_so_that_none_waits_for_another(String path) {
        var scripts = files(load(path)).stream().filter(name -> name.endsWith(".js") && !MARKDOWN.test(name)).toList();
        var document = client.get(path).body();
        assertFalse(scripts.isEmpty());
        assertEquals(List.of(), scripts.stream().filter(name -> !document.contains('"' + name + '"')).toList());
    }
}
