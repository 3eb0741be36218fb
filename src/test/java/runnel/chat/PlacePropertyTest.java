package runnel.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import runnel.Nasty;

/// A reader who looks at random moments, takes at most so much, and comes back by its cursor again and again.
class PlacePropertyTest {
    private static final Reply REPLY = new Reply("reply", "chat", "owner", "prompt", "model", Id.epoch(), 0);
    private static final End END = End.of(Status.STOPPED);
    private static final Run.Kind[] KINDS = Run.Kind.values();

    /// What was written and what was read of it, run by run.
    private record Part(Run.Kind kind, String text) {}

    private final List<Part> read = new ArrayList<>();
    private String cursor = "";
    private int place;
    private int stops;

    @RepeatedTest(200)
    void joined_events_are_the_runs_in_their_order(RepetitionInfo repetition) {
        var random = new Random(repetition.getCurrentRepetition());
        var written = written(random);
        while (stops == 0) {
            read(moment(written, random), random);
        }
        assertEquals(written, read);
    }

    /// Neighbours are of different kinds, as they would else be one run.
    private static List<Part> written(Random random) {
        var written = new ArrayList<Part>();
        for (int i = random.nextInt(7); i > 0; i--) {
            var part = new Part(KINDS[random.nextInt(KINDS.length)], Nasty.stored("x" + Nasty.text(random, random.nextInt(60))));
            if (written.isEmpty() || written.getLast().kind != part.kind) {
                written.add(part);
            }
        }
        return written;
    }

    /// The text as it is at some moment not before the one that was read last; the last one has the end.
    private Snapshot moment(List<Part> written, Random random) {
        var bytes = String.join("", written.stream().map(Part::text).toList()).getBytes(StandardCharsets.UTF_8);
        int length = Place.borderBefore(bytes, bytes.length, Math.max(place, place + random.nextInt(40)));
        var runs = Runs.NONE;
        int start = 0;
        for (var part : written) {
            runs = start < length ? runs.with(part.kind, start) : runs;
            start += part.text.getBytes(StandardCharsets.UTF_8).length;
        }
        boolean over = length == bytes.length;
        return new Snapshot(bytes, length, runs, over ? 1 : 0, over ? Optional.of(END) : Optional.empty());
    }

    private void read(Snapshot text, Random random) {
        var reader = Place.at(REPLY, text, Optional.of(cursor));
        assertEquals(!cursor.isEmpty(), reader.resumed());
        int events = random.nextInt(6);
        for (var event = reader.next(text, 4 + random.nextInt(30)); event != null && events-- > 0; event = reader.next(text, 4 + random.nextInt(30))) {
            take(event);
        }
    }

    private void take(ReplyEvent event) {
        cursor = event.cursor().toString();
        place = event.cursor().place();
        switch (event) {
            case ReplyEvent.Start _ -> { }
            case ReplyEvent.More(_, Run.Kind kind, Slice text) -> {
                boolean goesOn = !read.isEmpty() && read.getLast().kind == kind;
                read.add(goesOn ? new Part(kind, read.removeLast().text + whole(text)) : new Part(kind, whole(text)));
            }
            case ReplyEvent.Stop _ -> stops++;
        }
    }

    private static String whole(Slice text) {
        assertTrue(text.length() > 0, "no event is empty");
        var bytes = Arrays.copyOfRange(text.bytes(), text.from(), text.to());
        assertEquals(text.length(), text.toString().getBytes(StandardCharsets.UTF_8).length, () -> "whole characters only: " + Arrays.toString(bytes));
        return text.toString();
    }
}
