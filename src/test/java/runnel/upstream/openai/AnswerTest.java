package runnel.upstream.openai;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import runnel.chat.Usage;
import runnel.upstream.Outcome;

/// An answer in all the ways in which servers write one.
@Timeout(20)
class AnswerTest extends UpstreamTest {
    private static final Outcome STOP = new Outcome.Complete("stop", Optional.of(new Usage(7, 3, 10)));

    @Test
    void an_answer_is_its_deltas_in_order_with_finish_reason_and_usage() {
        var answer = ask(Scenarios.text(3));

        assertEquals("word0 word1 word2 ", answer.content());
        assertEquals(STOP, answer.outcome());
    }

    @Test
    void deltas_may_be_empty_and_hold_any_character_and_halves_of_one() {
        String[] deltas = {"", "a\r\n", "\u2028", "\"\\", "\ud83d", "\ude00", "\0", "é漢😀", "\ud83d"};

        assertEquals(String.join("", deltas), ask(Scenarios.deltas(deltas)).content());
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\r"})
    void lines_may_end_in_each_of_the_three_ways_and_bytes_may_come_one_by_one(String lineEnd) {
        var answer = ask(wire -> {
            wire.lineEnd(lineEnd).byteByByte();
            Scenarios.deltas("naïve ", "漢😀").play(wire);
        });

        assertEquals("naïve 漢😀", answer.content());
        assertEquals(STOP, answer.outcome());
    }

    @Test
    void comments_and_unknown_fields_and_other_events_are_no_part_of_the_answer() {
        var answer = ask(wire -> {
            wire.stream().comment("OPENROUTER PROCESSING").chunk("retry: 5\nid: 1\nodd: x\n\n");
            wire.chunk("event: ping\ndata: {\"type\": \"ping\"}\n\n").event("{\"choices\":[],\"prompt_filter_results\":[]}");
            wire.delta("so").finish("stop").done();
        });

        assertEquals("so", answer.content());
    }

    @ParameterizedTest
    @ValueSource(strings = {"reasoning_content", "reasoning", "reasoning_text", "reasoning_details", "thinking", "thinking_blocks", "thought", "thoughts", "cot", "reasoningContent", "thinking_content", "reasoning_summary"})
    void reasoning_is_understood_in_all_spellings(String field) {
        var answer = ask(wire -> wire.stream().delta(field, "hm \"so\"").delta("yes").finish("stop").done());

        assertEquals("hm \"so\"", answer.reasoning());
        assertEquals("yes", answer.content());
    }

    @Test
    void reasoning_in_both_spellings_at_once_counts_once() {
        var answer = ask(wire -> wire.stream()
                .event(Wire.chunk("{\"reasoning\":\"hm\",\"reasoning_content\":\"hm\",\"content\":null}", "null"))
                .finish("stop").done());

        assertEquals("hm", answer.reasoning());
    }

    @Test
    void content_may_come_in_parts_of_which_some_are_thought() {
        String parts = "[{\"type\":\"thinking\",\"thinking\":[{\"type\":\"text\",\"text\":\"hm\"}]},"
                + "{\"type\":\"text\",\"text\":\"a\"},{\"type\":\"text\",\"text\":\"b\"}]";
        var answer = ask(wire -> wire.stream()
                .event(Wire.chunk("{\"content\":" + parts + "}", "null")).finish("stop").done());

        assertEquals("hm", answer.reasoning());
        assertEquals("ab", answer.content());
    }

    @Test
    void the_finish_reason_is_kept_and_may_come_with_the_last_text() {
        assertEquals(new Outcome.Complete("length", Optional.empty()), ask(Scenarios.length(2)).outcome());

        var together = ask(wire -> wire.stream()
                .event(Wire.chunk("{\"content\":\"all\"}", "\"content_filter\"")).done());
        assertEquals("all", together.content());
        assertEquals(new Outcome.Complete("content_filter", Optional.empty()), together.outcome());
    }

    @Test
    void either_a_finish_reason_or_done_makes_an_answer_complete() {
        var stop = new Outcome.Complete("stop", Optional.empty());

        assertEquals(stop, ask(Scenarios.withoutDone(2)).outcome());
        assertEquals(stop, ask(Scenarios.withoutFinishReason(2)).outcome());
    }

    @Test
    void nothing_that_goes_wrong_behind_the_finish_reason_harms_the_answer() {
        var stop = new Outcome.Complete("stop", Optional.empty());

        assertEquals(stop, ask(wire -> wire.stream().delta("a").finish("stop").cut()).outcome());
        assertEquals(stop, ask(wire -> wire.stream().delta("a").finish("stop").reset()).outcome());
    }

    @Test
    void done_ends_the_answer_though_the_server_keeps_the_stream_open() throws InterruptedException {
        var answer = ask(wire -> {
            wire.stream().delta("a").event("[DONE]");
            wire.awaitHangUp();
        });

        assertEquals(new Outcome.Complete("stop", Optional.empty()), answer.outcome());
        server.questions().getFirst().awaitHangUp();
    }

    @Test
    void an_answer_that_is_finished_waits_five_seconds_at_most_for_the_end_of_its_stream() {
        long before = System.nanoTime();
        var answer = ask(wire -> {
            wire.stream().delta("a").finish("stop");
            wire.awaitHangUp();
        });

        assertEquals(new Outcome.Complete("stop", Optional.empty()), answer.outcome());
        assertTrue(Duration.ofNanos(System.nanoTime() - before).toMillis() < 7000);
    }

    @Test
    void a_single_chunk_with_a_reason_is_waited_for_no_longer_where_reasons_were_the_end_before() {
        ask(Scenarios.text(3));
        var answer = ask(wire -> {
            wire.stream().event(Wire.chunk("{\"content\":\"all\"}", "\"stop\""));
            wire.awaitHangUp();
        });

        assertEquals("all", answer.content());
        assertEquals(new Outcome.Complete("stop", Optional.empty()), answer.outcome());
    }

    @Test
    void a_first_answer_of_a_single_chunk_with_a_reason_is_not_waited_for_until_its_connection_ends() {
        var answer = ask(wire -> {
            wire.stream().event(Wire.chunk("{\"content\":\"all\"}", "\"stop\""));
            wire.awaitHangUp();
        });

        assertEquals(new Outcome.Complete("stop", Optional.empty()), answer.outcome());
    }

    @Test
    void an_answer_that_did_not_stream_is_one_piece() {
        var answer = ask(Scenarios.notStreamed("all of it"));

        assertEquals("all of it", answer.content());
        assertEquals(new Outcome.Complete("stop", Optional.of(new Usage(1, 2, 3))), answer.outcome());
    }

    @Test
    void a_stream_without_a_content_type_is_read_as_one() {
        assertEquals("a", ask(wire -> wire.head(200, "Transfer-Encoding: chunked").delta("a").done()).content());
    }

    @Test
    void ten_thousand_tiny_chunks_are_ten_thousand_pieces() {
        var pieces = new Pieces();
        server.next(Scenarios.text(10_000));
        upstream.prepare(QUESTION).stream(pieces);

        assertEquals(10_000, pieces.pieces().size());
    }
}
