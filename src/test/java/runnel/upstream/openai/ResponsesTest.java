package runnel.upstream.openai;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.api.io.TempDir;
import runnel.chat.Attachment;
import runnel.chat.Role;
import runnel.chat.Run;
import runnel.chat.Secret;
import runnel.chat.Turn;
import runnel.upload.Samples;
import runnel.chat.Usage;
import runnel.settings.ContinueBy;
import runnel.settings.Outbound;
import runnel.settings.Provider;
import runnel.upstream.Outcome;
import runnel.upstream.Question;

/// A server that is asked by `POST /responses`.
@Timeout(30)
class ResponsesTest {
    private static final String COMPLETED = "{'type':'response.completed','response':{'status':'completed','error':null,"
            + "'usage':{'input_tokens':7,'output_tokens':3,'total_tokens':10}}}";
    private final ScriptedUpstream server = new ScriptedUpstream();
    private final Pieces pieces = new Pieces();
    private OpenAiUpstream upstream;

    @BeforeEach
    void open() {
        var access = new Provider.Access(Optional.of(new Secret(ScriptedUpstream.CANARY)), Map.of(), Set.of(), Map.of());
        upstream = new OpenAiUpstream(new Endpoint(new Provider("newer", "newer", server.baseUrl(), access, Provider.Api.RESPONSES,
                Provider.Offer.WHATEVER_IT_LISTS), Optional.empty(), new Endpoint.Waits(Duration.ofSeconds(20), Duration.ofSeconds(20)),
                ContinueBy.AUTO, Outbound.DIRECT));
    }

    @AfterEach
    void close() {
        upstream.close();
        server.close();
    }

    /// With the name of each event beside it, as OpenAI sends them.
    private static Scenario events(String... events) {
        return wire -> {
            wire.stream();
            send(wire, true, events);
            wire.end();
        };
    }

    private static void send(Wire wire, boolean named, String... events) throws Exception {
        for (String event : events) {
            String json = event.replace('\'', '"');
            String type = JsonCodec.MAPPER.readTree(json).path("type").asText();
            wire.chunk((named ? "event: " + type + "\n" : "") + "data: " + json + "\n\n");
        }
    }

    private static String delta(String type, int item, String text) {
        return "{'type':'response." + type + ".delta','output_index':" + item + ",'content_index':0,'delta':'" + text + "'}";
    }

    private Outcome ask(Question question, Scenario... answers) {
        server.next(answers);
        return upstream.prepare(question).stream(pieces);
    }

    private Outcome ask(Scenario... answers) {
        return ask(UpstreamTest.QUESTION, answers);
    }

    private static String code(Outcome outcome) {
        return assertInstanceOf(Outcome.Failed.class, outcome).problem().code();
    }

    @Test
    void the_chat_becomes_input_and_instructions_and_nothing_is_kept_there() {
        ask(new Question("m", List.of(new Turn(Role.SYSTEM, "Be brief"), new Turn(Role.USER, "a"), new Turn(Role.ASSISTANT, "<think>x</think>b"),
                new Turn(Role.USER, "c")), Optional.of(0.5), Optional.of(99L)), events(delta("output_text", 0, "d"), COMPLETED));
        var asked = server.questions().getFirst();
        assertEquals("/v1/responses", asked.path());
        assertEquals("Bearer " + ScriptedUpstream.CANARY, asked.header("authorization"));
        assertEquals("{\"model\":\"m\",\"instructions\":\"Be brief\",\"input\":[{\"role\":\"user\",\"content\":\"a\"},"
                + "{\"role\":\"assistant\",\"content\":\"b\"},{\"role\":\"user\",\"content\":\"c\"}],\"stream\":true,\"store\":false,"
                + "\"reasoning\":{\"summary\":\"auto\"},\"temperature\":0.5,\"max_output_tokens\":99}", asked.body().toString());
    }

    @Test
    void an_image_beside_a_prompt_is_an_item_of_its_own_kind(@TempDir Path folder) throws IOException {
        var file = Files.write(folder.resolve("image"), Samples.image("png", 2, 2));
        var image = new Attachment("1", "a.png", "image/png", Files.size(file), 255, file);
        ask(new Question("llava", List.of(new Turn(Role.USER, "").with("look", List.of(image)), new Turn(Role.ASSISTANT, "b"), new Turn(Role.USER, "c")),
                Optional.empty(), Optional.empty()), events(delta("output_text", 0, "d"), COMPLETED));
        assertEquals("[{\"role\":\"user\",\"content\":[{\"type\":\"input_text\",\"text\":\"look\"},{\"type\":\"input_image\",\"image_url\":\"data:image/png;base64,"
                + Base64.getEncoder().encodeToString(Files.readAllBytes(file)) + "\"}]},{\"role\":\"assistant\",\"content\":\"b\"},{\"role\":\"user\",\"content\":\"c\"}]",
                server.questions().getFirst().body().get("input").toString());
    }

    @Test
    void thoughts_text_refusals_and_calls_come_in_their_order_with_the_reason_and_what_it_cost() {
        var outcome = ask(events("{'type':'response.created','response':{'status':'in_progress','error':null,'output':[]}}",
                "{'type':'response.output_item.added','output_index':0,'item':{'type':'reasoning','summary':[]}}",
                "{'type':'response.reasoning_summary_part.added','output_index':0,'summary_index':0}",
                delta("reasoning_summary_text", 0, "one"), "{'type':'response.reasoning_summary_text.done','output_index':0,'text':'one'}",
                "{'type':'response.reasoning_summary_part.added','output_index':0,'summary_index':1}",
                delta("reasoning_summary_text", 0, "two"),
                "{'type':'response.output_item.done','output_index':0,'item':{'type':'reasoning','summary':[{'type':'summary_text','text':'one'}]}}",
                delta("output_text", 1, "Hel"), delta("output_text", 1, "lo"),
                "{'type':'response.output_text.done','output_index':1,'text':'Hello'}",
                "{'type':'response.content_part.done','output_index':1,'part':{'type':'output_text','text':'Hello'}}",
                "{'type':'response.output_item.done','output_index':1,'item':{'type':'message','content':[{'type':'output_text','text':'Hello'}]}}",
                delta("refusal", 2, "No."), delta("reasoning_text", 3, "again"),
                "{'type':'response.output_item.added','output_index':4,'item':{'type':'function_call','call_id':'c1','name':'f','arguments':''}}",
                delta("function_call_arguments", 4, "{}"), "{'type':'response.function_call_arguments.done','output_index':4,'arguments':'{}'}",
                "{'type':'response.output_item.done','output_index':4,'item':{'type':'function_call','call_id':'c1','name':'f','arguments':'{}'}}",
                "{'type':'response.something_new','output_index':5,'delta':'?'}", COMPLETED, delta("output_text", 6, "late")));
        assertEquals(new Outcome.Complete("tool_calls", Optional.of(new Usage(7, 3, 10))), outcome);
        assertEquals(List.of("reasoning: one\n\ntwo", "text: Hello", "refusal: No.", "reasoning: again", "function_call: [c1 f]{}"), pieces.runs());
    }

    @Test
    void events_without_names_are_known_by_their_types_and_the_end_is_not_waited_for() {
        var outcome = ask(wire -> {
            wire.stream();
            send(wire, false, delta("output_text", 0, "a"), COMPLETED);
            wire.done();
        });
        assertEquals("stop", assertInstanceOf(Outcome.Complete.class, outcome).finishReason());
        assertInstanceOf(Outcome.Complete.class, ask(wire -> {
            wire.stream();
            send(wire, true, delta("output_text", 0, "b"), COMPLETED);
            wire.awaitHangUp();
        }));
        assertEquals("ab", pieces.content());
    }

    @Test
    void what_came_in_no_pieces_is_taken_from_the_events_that_hold_it_whole() {
        assertInstanceOf(Outcome.Complete.class, ask(events("{'type':'response.output_text.done','output_index':0,'text':'a'}", COMPLETED)));
        assertInstanceOf(Outcome.Complete.class, ask(events("{'type':'response.output_item.done','output_index':0,'item':{'type':'message','content':["
                + "{'type':'output_text','text':'b'},{'type':'refusal','refusal':'c'}]}}", COMPLETED)));
        String whole = "{'object':'response','status':'completed','output':[{'type':'reasoning','summary':[{'type':'summary_text','text':'t'}]},"
                + "{'type':'message','content':[{'type':'output_text','text':'d'}]}],'usage':{'input_tokens':1,'output_tokens':2}}";
        assertInstanceOf(Outcome.Complete.class, ask(events("{'type':'response.completed','response':" + whole + "}")));
        assertEquals(new Outcome.Complete("stop", Optional.of(new Usage(1, 2, 3))), ask(wire -> wire.json(200, whole.replace('\'', '"'))));
        assertEquals("abdd", pieces.joined(Run.Kind.TEXT));
        assertEquals("c", pieces.joined(Run.Kind.REFUSAL));
        assertEquals("tt", pieces.reasoning());
    }

    @Test
    void events_in_a_wrong_order_lose_nothing() {
        assertInstanceOf(Outcome.Complete.class, ask(events(delta("output_text", 1, "a"),
                "{'type':'response.output_item.added','output_index':1,'item':{'type':'message'}}",
                "{'type':'response.created','response':{'status':'in_progress'}}", delta("output_text", 1, "b"), COMPLETED)));
        assertEquals("ab", pieces.content());
        assertEquals("upstream-malformed", code(ask(events(delta("function_call_arguments", 0, "{}"), COMPLETED))));
    }

    @ParameterizedTest
    @CsvSource({"max_output_tokens, length", "content_filter, content_filter", "'', length"})
    void an_incomplete_answer_says_why(String why, String reason) {
        var outcome = ask(events(delta("output_text", 0, "a"),
                "{'type':'response.incomplete','response':{'incomplete_details':{'reason':'" + why + "'},'usage':{'input_tokens':1,'output_tokens':2}}}"));
        assertEquals(new Outcome.Complete(reason, Optional.of(new Usage(1, 2, 3))), outcome);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "{'type':'response.failed','response':{'status':'failed','error':{'code':'rate_limit_exceeded','message':'slow down'}}} | upstream-limited",
            "{'type':'response.failed','response':{'status':'failed','error':{'code':'server_error','message':'boom'}}} | upstream-error",
            "{'type':'response.failed','response':{'status':'failed'}} | upstream-error",
            "{'type':'error','code':'context_length_exceeded','message':'too long','param':null} | upstream-context-exceeded",
            "{'type':'error','error':{'type':'server_error','message':'boom'}} | upstream-error"})
    void an_error_ends_the_answer_and_keeps_what_had_come(String event, String code) {
        assertEquals(code, code(ask(events(delta("output_text", 0, "a"), event, delta("output_text", 0, "b")))));
        assertEquals("a", pieces.content());
    }

    @Test
    void an_answer_without_its_last_event_is_not_complete() {
        assertEquals("upstream-broken-off", code(ask(events(delta("output_text", 0, "a")))));
        assertEquals("upstream-broken-off", code(ask(wire -> {
            wire.stream();
            send(wire, true, delta("output_text", 0, "b"));
            wire.cut();
        })));
        assertEquals("upstream-empty", code(ask(events(COMPLETED))));
        assertEquals("upstream-empty", code(ask(events(delta("reasoning_text", 0, "hm"), COMPLETED))));
    }

    @Test
    void a_model_that_does_not_think_is_asked_once_more_without_the_wish_to_see_its_thoughts_and_that_is_remembered() {
        Scenario answer = events(delta("output_text", 0, "a"), COMPLETED);
        Scenario strict = wire -> {
            if (wire.asked().body().has("reasoning")) {
                wire.json(400, Scenarios.error("Unsupported parameter: 'reasoning.summary' is not supported with this model.", "reasoning.summary",
                        "unsupported_parameter"));
            } else {
                answer.play(wire);
            }
        };
        assertInstanceOf(Outcome.Complete.class, ask(strict, strict));
        assertInstanceOf(Outcome.Complete.class, ask(strict));
        assertEquals(List.of(true, false, false), server.questions().stream().map(each -> each.body().has("reasoning")).toList());
    }

    @Test
    void what_was_cut_off_goes_on_in_words_and_a_refusal_is_told_as_ever() {
        ask(new Question("m", List.of(new Turn(Role.USER, "a"), new Turn(Role.ASSISTANT, "b")), Optional.empty(), Optional.empty()),
                events(delta("output_text", 0, "c"), COMPLETED));
        var input = server.questions().getFirst().body().path("input");
        assertEquals("user", input.path(2).path("role").asText());
        assertTrue(input.path(2).path("content").asText().startsWith("Your last answer was cut off"));
        assertFalse(server.questions().getFirst().body().has("instructions"));
        assertEquals("upstream-refused-key", code(ask(Scenarios.refuse(401, "no"))));
        assertEquals("upstream-not-found", code(ask(Scenarios.refuse(404, "no such model"))));
    }
}
