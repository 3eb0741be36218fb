package runnel.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page.WaitForFunctionOptions;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import runnel.Client;
import runnel.upstream.openai.Script;

/// Prints what the page costs a browser (see docs/performance.md). Times depend on the machine, so only counts, bytes and ratios of CPU
/// time are promised, and the longest task with much room.
class PagePerformanceTest extends PageTest {
    private static final int SHORT = 20_000;
    private static final boolean ALL = System.getProperty("runnel.page", "").equals("all");
    private static final int LONG = ALL ? 190_000 : 90_000;
    private static final int DELTA = 4;
    private static final int DELTAS_A_SECOND = 300;
    private static final int MESSAGES = 1_000;
    private static final int PASTED = 500_000;
    private static final int SLOW_CODE = 10_000;

    /// The rest of a long chat is drawn when there is nothing else to do, which a busy machine seldom has.
    private static final WaitForFunctionOptions WHEN_IDLE = new WaitForFunctionOptions().setTimeout(90_000);

    /// Long tasks and frames, as the browser tells them.
    private static final String WATCH = """
            () => {
              window.watched = { tasks: [], frames: 0 };
              new PerformanceObserver((list) => list.getEntries().forEach(({ duration }) => watched.tasks.push(duration))).observe({ type: 'longtask' });
              const count = () => { watched.frames += 1; requestAnimationFrame(count); };
              requestAnimationFrame(count);
            }""";

    private CDPSession browser;

    @BeforeEach
    void watch() {
        browser = context.newCDPSession(page);
        var cpuTime = new JsonObject();
        cpuTime.addProperty("timeDomain", "threadTicks");
        browser.send("Performance.enable", cpuTime);
    }

    /// @param cpu of the page's thread, milliseconds a second
    private record Cost(double cpu, double frames, double longest) {}

    private double cpuMillis() {
        for (var metric : browser.send("Performance.getMetrics").getAsJsonArray("metrics")) {
            if (metric.getAsJsonObject().get("name").getAsString().equals("TaskDuration")) {
                return 1_000 * metric.getAsJsonObject().get("value").getAsDouble();
            }
        }
        throw new AssertionError("Chromium tells no TaskDuration");
    }

    private double number(String script) {
        return ((Number) page.evaluate(script)).doubleValue();
    }

    /// Sends a text as a model writes it, and tells what that took.
    private Cost write(Script script, String text) throws InterruptedException {
        page.evaluate("() => Object.assign(watched, { tasks: [], frames: 0 })");
        double cpu = cpuMillis();
        long began = System.nanoTime();
        for (int at = 0; at < text.length(); at += DELTA) {
            script.send(text.substring(at, Math.min(at + DELTA, text.length())));
            long due = began + (at / DELTA + 1) * 1_000_000_000L / DELTAS_A_SECOND;
            Thread.sleep(Math.max(0, (due - System.nanoTime()) / 1_000_000));
        }
        double seconds = (System.nanoTime() - began) / 1e9;
        return new Cost((cpuMillis() - cpu) / seconds, number("() => watched.frames") / seconds, number("() => Math.max(0, ...watched.tasks)"));
    }

    /// Until all that was sent is drawn.
    private void drawn(int length) throws InterruptedException {
        var shown = new AtomicLong(-1);
        context.waitForCondition(() -> {
            long now = (long) number("() => document.querySelector('.reply .prose')?.textContent.length ?? 0");
            return now > length / 2 && now == shown.getAndSet(now);
        });
        Thread.sleep(500);
    }

    /// All of them, and twice as long, with `-Drunnel.page=all`, which takes a minute.
    private static Stream<ReplyKind> kinds() {
        return ALL ? Stream.of(ReplyKind.values()) : Stream.of(ReplyKind.MIXED, ReplyKind.CODE);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void what_comes_to_a_reply_costs_the_same_however_long_the_reply_is(ReplyKind kind) throws InterruptedException {
        var text = kind.text(LONG + 2 * SHORT);
        int some = 2 * DELTAS_A_SECOND * DELTA;
        var script = model.script();
        send("Hello");
        script.send(text.substring(0, SHORT));
        page.evaluate(WATCH);
        drawn(SHORT);
        var first = write(script, text.substring(SHORT, SHORT + some));
        script.send(text.substring(SHORT + some, LONG));
        drawn(LONG);
        var last = write(script, text.substring(LONG, LONG + some));
        script.finish();
        assertEnded(page);
        print("| %s | %.0f, %.0f | %.0f, %.0f | %.0f, %.0f |", kind.name().toLowerCase(Locale.ROOT), first.cpu(), last.cpu(), first.frames(), last.frames(),
                first.longest(), last.longest());
        assertTrue(kind.isLaidOutAsAWhole() || last.cpu() < 3 * first.cpu() + 100, first + " " + last);
        assertTrue(last.longest() < 1_000, last.toString());
    }

    private static void print(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }

    private String longChat() {
        var chat = Client.object().put("format", "runnel/1").put("title", "Long");
        var messages = chat.putArray("messages");
        for (int i = 0; i < MESSAGES; i++) {
            ObjectNode message = messages.addObject().put("id", "m" + i).put("role", i % 2 == 0 ? "user" : "assistant").put("status", "complete")
                    .put("content", (i % 2 == 0 ? "Question " : "Answer ") + i + ".\n\n" + ReplyKind.MIXED.text(450)).put("created", i + 1);
            message.put("parent", i == 0 ? null : "m" + (i - 1));
        }
        return Client.json(client.post("/api/import", chat)).get("chats").get(0).asText();
    }

    @Test
    void of_a_long_chat_what_is_on_screen_is_drawn_at_once_and_a_return_to_its_tab_reads_next_to_nothing() {
        var chat = longChat();
        page.reload();
        assertThat(chats(page).getByText("Long")).isVisible();
        var shown = page.evaluate("""
                async (chat) => {
                  const began = performance.now();
                  document.querySelector(`a[href="/c/${chat}"]`).click();
                  while (!document.querySelector('.reply .prose p')) await new Promise(requestAnimationFrame);
                  return [performance.now() - began, document.querySelectorAll('.message').length];
                }""", chat);
        var figures = (List<?>) shown;
        int atFirst = ((Number) figures.get(1)).intValue();
        assertTrue(atFirst < MESSAGES / 5, atFirst + " messages at once");
        page.waitForFunction("count => document.querySelectorAll('.message').length === count", MESSAGES, WHEN_IDLE);
        assertEquals(0, (int) number("() => { const box = document.querySelector('#conversation');"
                + " return box.scrollHeight - box.clientHeight - box.scrollTop > 1 ? 1 : 0; }"));
        print("| a chat of 1,000 messages is shown | %.0f ms, %d messages at once |", ((Number) figures.getFirst()).doubleValue(), atFirst);

        var bytes = new AtomicLong();
        browser.on("Network.loadingFinished", event -> bytes.addAndGet(event.get("encodedDataLength").getAsLong()));
        browser.send("Network.enable");
        page.waitForResponse(answer -> answer.url().contains("since="), () -> page.evaluate("document.dispatchEvent(new Event('visibilitychange'))"));
        page.waitForTimeout(500);
        print("| a return to its tab | %d bytes |", bytes.get());
        assertTrue(bytes.get() > 0 && bytes.get() < 5_000, bytes + " bytes");
    }

    @Test
    void a_long_text_can_be_pasted_and_typed_on() {
        var text = IntStream.range(0, PASTED / 50).mapToObj("Line %d of a text that is pasted, as long as a book%n"::formatted).collect(Collectors.joining());
        context.grantPermissions(List.of("clipboard-read", "clipboard-write"));
        page.evaluate("text => navigator.clipboard.writeText(text)", text);
        box(page).focus();
        double before = cpuMillis();
        box(page).press("Control+v");
        page.evaluate("() => new Promise(requestAnimationFrame)");
        double pasted = cpuMillis();
        box(page).press("a");
        page.evaluate("() => new Promise(requestAnimationFrame)");
        print("| 500 kB pasted, then a key | %.0f ms, %.0f ms of CPU |", pasted - before, cpuMillis() - pasted);
        assertThat(button(page, "Send")).isEnabled();
    }

    private void slowProcessor() {
        var slow = new JsonObject();
        slow.addProperty("rate", 4);
        browser.send("Emulation.setCPUThrottlingRate", slow);
    }

    @Test
    void code_that_grows_is_drawn_whole_on_a_slow_processor() throws InterruptedException {
        var text = ReplyKind.CODE.text(SLOW_CODE);
        var script = model.script();
        send("Hello");
        script.send(text.substring(0, DELTA));
        assertThat(page.locator(".code-block")).isVisible();
        page.evaluate(WATCH);
        slowProcessor();
        var cost = write(script, text.substring(DELTA));
        script.finish();
        assertEnded(page);
        print("| 10 kB of code with the CPU ÷ 4 | %.0f fps, longest task %.0f ms, %.0f ms of CPU a second |", cost.frames(), cost.longest(),
                cost.cpu());
        assertThat(page.locator(".code-block")).containsText(text.substring(text.length() - 30).strip());
    }

    /// Lighthouse's mobile profile.
    @Test
    void the_page_is_painted_and_usable_soon_on_a_slow_line() {
        page.navigate("about:blank");
        browser.send("Network.enable");
        var line = new JsonObject();
        line.addProperty("offline", false);
        line.addProperty("latency", 150);
        line.addProperty("downloadThroughput", 1_600_000 / 8);
        line.addProperty("uploadThroughput", 750_000 / 8);
        browser.send("Network.emulateNetworkConditions", line);
        slowProcessor();
        for (var visit : List.of("first", "second")) {
            if (visit.equals("first")) {
                browser.send("Network.clearBrowserCache");
            }
            page.navigate(address("/"));
            assertThat(box(page)).isVisible();
            becomesTrue(page, "performance.getEntriesByName('first-contentful-paint').length > 0");
            print("| %s visit: first paint | %.0f ms |", visit, number("() => performance.getEntriesByName('first-contentful-paint')[0].startTime"));
        }
    }
}
