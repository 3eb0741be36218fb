package runnel.reply;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import runnel.chat.Sampling;
import runnel.chat.Status;
import runnel.settings.Provider;
import runnel.store.reply.AcceptedPrompt;
import runnel.upstream.openai.OpenAiUpstream;
import runnel.upstream.openai.Scenario;
import runnel.upstream.openai.Scenarios;

/// A chat stays usable: what a model is asked after something went wrong.
class AskingAgainTest extends RepliesTest {
    private static final String LONG = "Lorem ipsum dolor sit amet. ".repeat(60);

    private AcceptedPrompt more(AcceptedPrompt chat, String text) {
        var sent = replies.start(in(chat.chat(), text), Sampling.DEFAULT);
        stored(sent);
        return sent;
    }

    private JsonNode asked(int index) {
        return model.questions().get(index).body();
    }

    private String roles(JsonNode body) {
        return String.join(" ", StreamSupport.stream(body.path("messages").spliterator(), false).map(each -> each.path("role").asText()).toList());
    }

    @Test
    void a_chat_goes_on_behind_a_reply_that_failed_or_was_empty() {
        model.next(Scenarios.refuse(500, "boom"), wire -> wire.stream().finish("stop").done(), Scenarios.text(1), Scenarios.text(1));
        var chat = start("a");
        stored(chat);
        more(chat, "b");
        more(chat, "c");
        more(chat, "d");

        assertEquals("system user", roles(asked(2)));
        assertEquals("a\n\nb\n\nc", asked(2).path("messages").path(1).path("content").asText());
        assertEquals("system user assistant user", roles(asked(3)));
    }

    @Test
    void what_was_chosen_for_a_reply_holds_when_it_is_continued_and_asked_for_again() {
        model.next(Scenarios.length(2), Scenarios.text(1), Scenarios.text(1));
        var sent = replies.start(prompt("Go"), new Sampling(Optional.of(0.0), Optional.of(20L)));
        stored(sent);
        stored(replies.resume("me", sent.reply()));
        stored(replies.regenerate("me", sent.reply(), Optional.empty(), Sampling.Change.NONE));

        for (int i = 0; i < 3; i++) {
            assertEquals(20, asked(i).path("max_tokens").asInt(), "question " + i);
            assertEquals(0.0, asked(i).path("temperature").asDouble(1), "question " + i);
        }
    }

    @Test
    void what_nobody_chose_is_not_sent_later_either() {
        model.next(Scenarios.length(2), Scenarios.text(1));
        var sent = start("Go");
        stored(sent);
        stored(replies.resume("me", sent.reply()));
        assertFalse(asked(1).has("max_tokens") || asked(1).has("temperature"));
    }

    @ParameterizedTest
    @CsvSource({"'One. Two. Three.',' Three.'", "'One. Other.','\n\nOne. Other.'", "'One.',''", "'No.','\n\nNo.'"})
    void thoughts_in_which_a_reply_was_cut_off_are_not_told_twice_when_it_is_continued(String again, String added) {
        model.next(wire -> wire.stream().reasoning("One. ").reasoning("Two.").cut(), wire -> {
            wire.stream();
            for (var word : again.split("(?<= )")) {
                wire.reasoning(word);
            }
            wire.delta("So.").finish("stop").done();
        });
        var sent = start("Go");
        stored(sent);
        var text = stored(replies.resume("me", sent.reply()));
        assertEquals(List.of("One. Two." + added, "So."), List.of(text.reasoningText(), text.contentText()));
        assertEquals(2, text.runs().count());
    }

    private AcceptedPrompt longChat() {
        var chat = start(LONG);
        stored(chat);
        more(chat, LONG);
        return chat;
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "{\"error\":{\"code\":400,\"message\":\"the request exceeds the available context size, try increasing it\",\"type\":\"exceed_context_size_error\",\"n_prompt_tokens\":1900,\"n_ctx\":1024}}",
        "{\"error\":{\"message\":\"This model's maximum context length is 1,024 tokens. However, your messages resulted in 1900 tokens.\",\"code\":\"context_length_exceeded\"}}",
        "{\"object\":\"error\",\"message\":\"prompt is too long: 1900 tokens > 1024 maximum\",\"code\":400}",
        "[{\"error\":{\"code\":400,\"message\":\"The input token count (1900) exceeds the maximum number of tokens allowed (1024).\"}}]",
        "{\"error\":\"Trying to keep the first 1900 tokens when context the overflows. However, the model is loaded with context length of only 1024 tokens\"}",
        "{\"error\":{\"message\":\"Please reduce the length of the messages or completion.\",\"code\":\"context_length_exceeded\"}}"})
    void a_chat_that_is_too_long_is_asked_once_more_with_what_fits_and_that_is_remembered(String refusal) {
        var chat = longChat();
        Scenario tooLong = wire -> wire.json(400, refusal);
        model.next(tooLong, Scenarios.text(1), Scenarios.text(1));
        var third = more(chat, "And then?");

        assertEquals(Status.COMPLETE, find(third).now().end().orElseThrow().status());
        assertEquals(4, model.questions().size());
        assertTrue(asked(3).toString().length() < asked(2).toString().length() * 3 / 4);
        assertTrue(find(third).reply().omitted() > 0);
        more(chat, "And then?");
        assertEquals(refusal.contains("1024") || refusal.contains("1,024"), asked(4).toString().length() < asked(2).toString().length() * 3 / 4);
    }

    @Test
    void a_server_that_says_so_in_its_answer_is_understood_too_and_a_prompt_that_is_too_long_by_itself_fails_at_once() {
        var chat = longChat();
        Scenario tooLong = wire -> wire.stream().chunk("error: {\"code\":400,\"message\":\"request (1900 tokens) exceeds the available context size (1024 tokens)\",\"n_ctx\":1024}\n\n").end();
        model.next(tooLong, Scenarios.text(1), tooLong);
        assertEquals(Status.COMPLETE, find(more(chat, "And then?")).now().end().orElseThrow().status());

        var alone = start(LONG.repeat(3));
        var problem = stored(alone).end().orElseThrow().error().orElseThrow();
        assertEquals("upstream-context-exceeded", problem.code());
        assertTrue(problem.detail().contains("OPENAI_CONTEXT_LENGTH"));
        assertEquals(5, model.questions().size());
    }

    @Test
    void an_answer_that_breaks_off_for_its_length_is_not_asked_for_again() {
        var chat = longChat();
        model.next(wire -> wire.stream().delta("So").event("{\"error\":{\"message\":\"context size exceeded\",\"code\":\"context_length_exceeded\"}}").end());
        assertEquals("So", find(more(chat, "And then?")).now().contentText());
        assertEquals(3, model.questions().size());
    }

    @Test
    void llama_server_is_asked_with_what_it_was_started_with() throws InterruptedException {
        model.listing(wire -> wire.json(200, "{\"data\":[{\"id\":\"scripted\",\"owned_by\":\"llamacpp\",\"meta\":{\"n_ctx_train\":131072}}]}"));
        model.props("{\"default_generation_settings\":{\"n_ctx\":1024},\"total_slots\":1}");
        for (long end = System.nanoTime() + 10_000_000_000L; upstream.contextTokens("scripted").isEmpty() && System.nanoTime() < end; ) {
            Thread.sleep(10);
        }
        var chat = longChat();
        more(chat, "And then?");
        assertEquals(3, model.questions().size());
        assertEquals(1024, upstream.contextTokens("scripted").orElseThrow());
        assertTrue(asked(2).toString().length() < 2_500);
    }

    @Test
    void the_operator_s_figure_counts_however_small() {
        replies.close();
        upstream.close();
        upstream = new OpenAiUpstream(model.endpoint(new Provider.Offer(List.of(), Map.of(Provider.Offer.EVERY, 1_024L), Set.of())));
        replies = new Replies(database, upstream, "You are a test", new ReplyDefaults(Optional.of("scripted"), Optional.empty(), Sampling.DEFAULT, 100, 100));
        more(longChat(), "And then?");
        assertTrue(asked(2).toString().length() < 2_500);
    }
}
