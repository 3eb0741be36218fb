package runnel.web.openai;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import runnel.chat.End;
import runnel.chat.FunctionCall;
import runnel.chat.Refused;
import runnel.chat.Reply;
import runnel.chat.Run.Kind;
import runnel.chat.Runs;
import runnel.chat.Snapshot;
import runnel.chat.Status;
import runnel.web.openai.ResponseEvent.Step;

class ResponsePlaceTest {
    private static final Reply REPLY = new Reply("r", "c", "me", "p", "m", 7 << 10, 0);
    private static final Optional<End> ENDED = Optional.of(End.of(Status.COMPLETE));
    private static final String[] SCRAPS = {"word", " ", "é", "漢字", "😀", "\n\n", "e\u0301", "x".repeat(80), "。", "two words "};

    /// A reply as it grows, character by character; the last one has ended.
    private static List<Snapshot> growing(Random random) {
        var grown = new ArrayList<Snapshot>();
        var bytes = new ByteArrayOutputStream();
        var runs = Runs.NONE;
        grown.add(snapshot(bytes, runs, Optional.empty()));
        for (int run = random.nextInt(5); run > 0; run--) {
            var kind = Kind.values()[random.nextInt(Kind.values().length)];
            runs = runs.with(kind, bytes.size());
            bytes.writeBytes((kind == Kind.FUNCTION_CALL ? FunctionCall.head("call_" + run, "f") : "").getBytes(StandardCharsets.UTF_8));
            grown.add(snapshot(bytes, runs, Optional.empty()));
            for (int scrap = random.nextInt(12); scrap > 0; scrap--) {
                for (int character : SCRAPS[random.nextInt(SCRAPS.length)].codePoints().toArray()) {
                    bytes.writeBytes(Character.toString(character).getBytes(StandardCharsets.UTF_8));
                    grown.add(snapshot(bytes, runs, Optional.empty()));
                }
            }
        }
        grown.add(snapshot(bytes, runs, ENDED));
        return grown;
    }

    private static Snapshot snapshot(ByteArrayOutputStream bytes, Runs runs, Optional<End> end) {
        return new Snapshot(bytes.toByteArray(), bytes.size(), runs, end.isPresent() ? 1 : 0, end);
    }

    private static List<ResponseEvent> told(ResponsePlace place, Snapshot text) {
        var events = new ArrayList<ResponseEvent>();
        for (var event = place.next(text); event != null; event = place.next(text)) {
            events.add(event);
        }
        return events;
    }

    private static List<ResponseEvent> whole(Snapshot text) {
        return told(ResponsePlace.first(REPLY, text), text);
    }

    private static String text(List<ResponseEvent> events, Snapshot text, int run) {
        var joined = new StringBuilder();
        events.stream().filter(event -> event.step() == Step.DELTA && event.run() == run)
                .forEach(event -> joined.append(new String(text.bytes(), event.from(), event.to() - event.from(), StandardCharsets.UTF_8)));
        return joined.toString();
    }

    @Test
    void the_events_are_the_same_whether_they_are_read_live_or_later() {
        var random = new Random(1);
        for (int i = 0; i < 300; i++) {
            var grown = growing(random);
            var live = new ArrayList<ResponseEvent>();
            var place = ResponsePlace.first(REPLY, grown.getFirst());
            for (int at = 0; at < grown.size(); at += random.nextInt(5) + 1) {
                live.addAll(told(place, grown.get(at)));
            }
            live.addAll(told(place, grown.getLast()));
            assertEquals(whole(grown.getLast()), live);
            assertTrue(place.done());
        }
    }

    @Test
    void the_numbers_rise_and_a_number_of_javascript_holds_them() {
        var random = new Random(2);
        for (int i = 0; i < 300; i++) {
            long last = -1;
            for (var event : whole(growing(random).getLast())) {
                assertTrue(event.number() > last && event.number() < 1L << 53, event::toString);
                last = event.number();
            }
        }
    }

    @Test
    void each_run_is_told_in_order_and_whole() {
        var random = new Random(3);
        for (int i = 0; i < 300; i++) {
            var text = growing(random).getLast();
            var events = whole(text);
            var steps = new StringBuilder("CREATED IN_PROGRESS ");
            for (int run = 0; run < text.runs().count(); run++) {
                boolean call = text.runs().kind(run) == Kind.FUNCTION_CALL;
                var said = text.run(run).text().toString();
                assertEquals(call ? FunctionCall.of(text.run(run).text()).arguments() : said, text(events, text, run));
                steps.append(call ? "ITEM_ADDED TEXT_DONE ITEM_DONE " : "ITEM_ADDED PART_ADDED TEXT_DONE PART_DONE ITEM_DONE ");
            }
            var others = new StringBuilder();
            events.stream().filter(event -> event.step() != Step.DELTA).forEach(event -> others.append(event.step()).append(' '));
            assertEquals(steps + "END ", others.toString());
        }
    }

    @Test
    void behind_each_event_comes_exactly_what_followed_it() {
        var random = new Random(4);
        for (int i = 0; i < 100; i++) {
            var text = growing(random).getLast();
            var events = whole(text);
            for (int at = 0; at < events.size() - 1; at++) {
                var rest = told(ResponsePlace.behind(REPLY, text, events.get(at).number()), text);
                for (int run = 0; run < text.runs().count(); run++) {
                    assertEquals(text(events.subList(at + 1, events.size()), text, run), text(rest, text, run));
                }
                assertEquals(others(events.subList(at + 1, events.size())), others(rest));
                assertTrue(events.containsAll(others(rest)));
                assertTrue(numbers(events).containsAll(numbers(rest)), "a piece ends on a border");
            }
            assertEquals(List.of(events.getLast()), told(ResponsePlace.behind(REPLY, text, events.getLast().number()), text), "the last one again");
        }
    }

    private static List<ResponseEvent> others(List<ResponseEvent> events) {
        return events.stream().filter(event -> event.step() != Step.DELTA).toList();
    }

    private static List<Long> numbers(List<ResponseEvent> events) {
        return events.stream().map(ResponseEvent::number).toList();
    }

    @Test
    void a_number_that_nobody_was_told_is_refused_or_leads_to_a_whole_character() {
        var random = new Random(5);
        var grown = growing(random);
        while (grown.size() < 100) {
            grown = growing(random);
        }
        for (var text : List.of(grown.get(grown.size() / 2), grown.getLast())) {
            var events = whole(grown.getLast());
            long end = whole(text).getLast().number();
            for (long number = 0; number < events.getLast().number() + 50; number++) {
                try {
                    var rest = told(ResponsePlace.behind(REPLY, text, number), text);
                    assertTrue(number <= end || text.end().isEmpty(), "a number from the future");
                    rest.forEach(event -> assertEquals(-1, new String(text.bytes(), event.from(), event.to() - event.from(), StandardCharsets.UTF_8).indexOf('\uFFFD')));
                } catch (Refused refused) {
                    assertEquals("starting_after", refused.members().get("param"));
                    assertTrue(numbers(whole(text)).stream().noneMatch(Long.valueOf(number)::equals), () -> "it was told");
                }
            }
        }
    }

    @Test
    void a_number_of_a_text_that_a_crash_shortened_or_that_went_on_since_is_a_conflict() {
        var text = Snapshot.of("", "some words", 1, ENDED);
        long number = whole(text).get(4).number();
        var shortened = new Reply("r", "c", "me", "p", "m", REPLY.nextEpoch(), 0);
        assertEquals(409, refusal(shortened, text, number));
        assertEquals(409, refusal(REPLY, Snapshot.of("", "some words more", 2, ENDED), number));
        assertEquals(409, refusal(REPLY, Snapshot.of("", "some words mo", 1, Optional.empty()), number));
        assertEquals(400, refusal(REPLY, text, whole(Snapshot.of("", "some words", 5, ENDED)).get(4).number()));
        for (long odd : new long[] {-1, Long.MIN_VALUE, Long.MAX_VALUE, 1L << 53}) {
            assertEquals(400, refusal(REPLY, text, odd));
        }
    }

    private static int refusal(Reply reply, Snapshot text, long number) {
        return assertThrows(Refused.class, () -> ResponsePlace.behind(reply, text, number)).problem().status();
    }
}
