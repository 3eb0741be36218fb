package runnel.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import runnel.Nasty;

/// A reader who looks at random moments, takes at most so much, and comes back by its cursor again and again.
class PlacePropertyTest {
    private static final Reply REPLY = new Reply("reply", "chat", "owner", "prompt", "model", Id.epoch(), 0);
    private static final End END = End.of(Status.STOPPED);

    private final StringBuilder reasoning = new StringBuilder();
    private final StringBuilder content = new StringBuilder();
    private String cursor = "";
    private int stops;

    @RepeatedTest(200)
    void joined_events_are_the_text(RepetitionInfo repetition) {
        var random = new Random(repetition.getCurrentRepetition());
        var thought = Nasty.stored(Nasty.text(random, random.nextInt(60)));
        var said = Nasty.stored(Nasty.text(random, random.nextInt(200)));
        while (stops == 0) {
            read(moment(thought, said, random), random);
        }
        assertEquals(thought, reasoning.toString());
        assertEquals(said, content.toString());
    }

    /// The text as it is at some moment not before the one that was read last; the last one has the end.
    private Snapshot moment(String thought, String said, Random random) {
        int thoughtTo = between(reasoning.length(), thought, random);
        int saidTo = between(content.length(), said, random);
        boolean over = thoughtTo == thought.length() && saidTo == said.length();
        return Snapshot.of(thought.substring(0, thoughtTo), said.substring(0, saidTo), over ? 1 : 0, over ? Optional.of(END) : Optional.empty());
    }

    private static int between(int from, String text, Random random) {
        int to = Math.min(text.length(), from + random.nextInt(40));
        boolean middle = to < text.length() && Character.isLowSurrogate(text.charAt(to));
        return middle ? to + 1 : to;
    }

    private void read(Snapshot text, Random random) {
        var place = Place.at(REPLY, text, Optional.of(cursor));
        assertEquals(!cursor.isEmpty(), place.resumed());
        int events = random.nextInt(6);
        for (var event = place.next(text, 4 + random.nextInt(30)); event != null && events-- > 0; event = place.next(text, 4 + random.nextInt(30))) {
            take(event);
        }
    }

    private void take(ReplyEvent event) {
        cursor = event.cursor().toString();
        switch (event) {
            case ReplyEvent.Start _ -> { }
            case ReplyEvent.Reasoning(_, Slice text) -> reasoning.append(whole(text));
            case ReplyEvent.Message(_, Slice text) -> content.append(whole(text));
            case ReplyEvent.Stop _ -> stops++;
        }
    }

    private static String whole(Slice text) {
        assertTrue(text.length() > 0, "no event is empty");
        var bytes = Arrays.copyOfRange(text.bytes(), text.from(), text.to());
        assertEquals(text.length(), text.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8).length, () -> "whole characters only: " + Arrays.toString(bytes));
        return text.toString();
    }
}
