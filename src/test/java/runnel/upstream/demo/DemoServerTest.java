package runnel.upstream.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import runnel.chat.Role;
import runnel.chat.Secret;
import runnel.chat.Turn;
import runnel.upstream.Call;
import runnel.upstream.Models;
import runnel.upstream.Outcome;
import runnel.upstream.Question;
import runnel.upstream.openai.Endpoint;
import runnel.upstream.openai.OpenAiUpstream;
import runnel.upstream.openai.Pieces;
import runnel.upstream.openai.UpstreamTest.Answered;

/// The built-in model, asked as every other model is.
@Timeout(20)
class DemoServerTest {
    private final DemoServer demo = DemoServer.start();
    private final OpenAiUpstream upstream = new OpenAiUpstream(demo.endpoint(Duration.ofSeconds(15)));

    @AfterEach
    void closeBoth() {
        upstream.close();
        demo.close();
    }

    @Test
    void it_says_what_it_is_and_how_to_connect_a_real_model() {
        var answer = ask("Who are you? fast");

        assertTrue(answer.content().contains("demo") && answer.content().contains("OPENAI_BASE_URL"));
        assertInstanceOf(Outcome.Complete.class, answer.outcome());
        assertTrue(answer.outcome().usage().orElseThrow().completionTokens() > 50);
    }

    @Test
    void asked_to_think_again_it_does_so_in_the_middle_of_its_answer() {
        var once = ask("Think, fast");
        var twice = ask("Think twice, fast");
        assertEquals(once.content(), twice.content());
        assertTrue(twice.reasoning().startsWith(once.reasoning()) && twice.reasoning().contains("think again"), twice.reasoning());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "HELP me, fast|fail: length", "some Markdown please, fast|```java", "Markdown, fast|\\int", "Markdown, fast|---:",
        "echo  fast 😀 <b>|fast 😀 <b>"})
    void words_in_the_prompt_choose_the_answer(String prompt, String part) {
        assertTrue(ask(prompt).content().contains(part));
    }

    @Test
    void a_long_answer_has_as_many_words_as_were_asked_for() {
        String[] words = ask("long 500 words, fast").content().replaceAll("## Chapter \\d+", "").strip().split("\\s+");

        assertEquals(500, words.length);
    }

    @Test
    void it_reasons_where_it_is_asked_to_or_where_its_model_always_does() {
        assertFalse(ask("think fast").reasoning().isEmpty());
        assertFalse(ask(DemoServer.REASONING_MODEL, List.of(user("hi, fast")), Optional.empty()).reasoning().isEmpty());
        assertTrue(ask("hi, fast").reasoning().isEmpty());
    }

    @ParameterizedTest
    @CsvSource({
        "cut, upstream-broken-off", "error, upstream-error", "garbage, upstream-malformed", "empty, upstream-empty",
        "html, upstream-not-an-api", "redirect, upstream-redirect", "context, upstream-context-exceeded",
        "401, upstream-refused-key", "402, upstream-unpaid", "429, upstream-limited", "500, upstream-error"})
    void it_fails_as_asked(String fault, String code) {
        assertEquals(code, ask("please FAIL: " + fault + ", fast").code());
    }

    @Test
    void an_answer_that_reached_its_cap_goes_on_where_it_ended() {
        var first = ask("fail: length, fast");
        assertEquals("length", ((Outcome.Complete) first.outcome()).finishReason());
        var second = ask(DemoServer.MODEL, List.of(user("fail: length, fast"), said(first.content())), Optional.empty());

        assertEquals(DemoTexts.text("long"), first.content() + second.content());
        assertEquals("stop", ((Outcome.Complete) second.outcome()).finishReason());
    }

    @Test
    void the_cap_on_tokens_is_kept() {
        var answer = ask(DemoServer.MODEL, List.of(user("long, fast")), Optional.of(5L));

        assertEquals(5, answer.outcome().usage().orElseThrow().completionTokens());
        assertEquals("length", ((Outcome.Complete) answer.outcome()).finishReason());
    }

    @Test
    void its_silence_can_be_stopped() throws InterruptedException {
        var outcome = new CompletableFuture<Outcome>();
        Call call = upstream.prepare(question(DemoServer.MODEL, List.of(user("fail: silence")), Optional.empty()));
        Thread.startVirtualThread(() -> outcome.complete(call.stream(new Pieces())));
        Thread.sleep(50);
        call.cancel();

        assertEquals(new Outcome.Cancelled(Optional.empty()), outcome.join());
    }

    @Test
    void it_speaks_no_faster_than_can_be_read() {
        long before = System.nanoTime();
        long tokens = ask("echo " + "word ".repeat(50)).outcome().usage().orElseThrow().completionTokens();
        double perSecond = tokens * 1e9 / (System.nanoTime() - before);

        assertTrue(perSecond < 60, perSecond + " tokens per second");
    }

    @Test
    void only_who_has_its_key_may_ask() {
        var stranger = new Endpoint(demo.baseUrl(), Optional.of(new Secret("guess")), Optional.empty(), Optional.empty(),
                Duration.ofSeconds(5));
        try (var upstream = new OpenAiUpstream(stranger)) {
            var outcome = upstream.prepare(question("runnel-demo", List.of(user("hi")), Optional.empty())).stream(new Pieces());
            assertEquals("upstream-refused-key", ((Outcome.Failed) outcome).problem().code());
        }
    }

    @Test
    void its_models_are_marked_as_what_they_are() {
        Models models = upstream.models();

        assertEquals("runnel-demo", models.preferred());
        assertTrue(models.models().stream().allMatch(model -> model.id().startsWith("runnel-demo")));
    }

    private Answered ask(String prompt) {
        return ask(DemoServer.MODEL, List.of(user(prompt)), Optional.empty());
    }

    private Answered ask(String model, List<Turn> turns, Optional<Long> cap) {
        var pieces = new Pieces();
        Outcome outcome = upstream.prepare(question(model, turns, cap)).stream(pieces);
        return new Answered(pieces.content(), pieces.reasoning(), outcome);
    }

    private static Question question(String model, List<Turn> turns, Optional<Long> cap) {
        return new Question(model, turns, Optional.empty(), cap);
    }

    private static Turn user(String text) {
        return new Turn(Role.USER, text);
    }

    private static Turn said(String text) {
        return new Turn(Role.ASSISTANT, text);
    }
}
