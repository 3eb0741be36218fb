package runnel.web.openai;

import java.util.List;
import java.util.Map;
import runnel.chat.Problem;
import runnel.chat.Refused;
import runnel.chat.Reply;
import runnel.chat.Run.Kind;
import runnel.chat.Snapshot;
import runnel.web.openai.ResponseEvent.Step;

/// One reader's place among the numbered events of a reply. Nothing is stored for them: what they are, where the deltas end and
/// which number each has follows from the reply's log.
///
/// A number is a generation, a place in the log and an ordinal. The place counts the bytes before it and the runs that have begun,
/// so that a run without any text has places of its own too; the ordinal tells apart what happens at one place. So the numbers rise,
/// and stay below 2⁵³. The generation rises when a crash took a part of the text, or the reply was continued: no number that was
/// told before is good then.
///
/// It belongs to one thread at a time.
final class ResponsePlace {
    private static final int ORDINAL_BITS = 3;
    private static final int GENERATION_SHIFT = 27 + ORDINAL_BITS;
    private static final int MAX_JOINED = 16 << 10;
    private static final List<Step> AT_THE_BEGINNING = List.of(Step.NONE, Step.CREATED, Step.IN_PROGRESS);
    private static final List<Step> WITHIN_A_RUN = List.of(Step.DELTA, Step.TEXT_DONE, Step.PART_DONE, Step.ITEM_DONE);

    private final long generation;
    private final boolean joined;
    /// What was told last, of which run, and up to where.
    private Step step = Step.NONE;
    private int run = -1;
    private int at;

    private ResponsePlace(Reply reply, Snapshot text, boolean joined) {
        int continued = Math.max(0, text.stops() - (text.end().isPresent() ? 1 : 0));
        this.generation = reply.generation() + continued;
        this.joined = joined;
    }

    /// The beginning. From there on each delta is the text between two neighbouring borders, whenever it is read.
    static ResponsePlace first(Reply reply, Snapshot text) {
        return new ResponsePlace(reply, text, false);
    }

    /// The place behind an event. What has piled up there comes in larger pieces; behind the last event, that one is told again.
    ///
    /// @throws Refused where the reply has no such event, or had it in a text that is no more
    static ResponsePlace behind(Reply reply, Snapshot text, long number) {
        var place = new ResponsePlace(reply, text, true);
        long generation = number >> GENERATION_SHIFT;
        if (generation < place.generation && number >= 0) {
            throw new Refused(new Problem("stale-sequence-number", 409, "Conflict", "This response was cut short by a crash or has been "
                    + "continued since. Read it from the beginning, without starting_after."), Map.of("param", "starting_after"));
        }
        int at = (int) (number - (generation << GENERATION_SHIFT) >> ORDINAL_BITS);
        int ordinal = (int) number & (1 << ORDINAL_BITS) - 1;
        if (generation != place.generation || !place.moved(text, at, ordinal)) {
            throw new Refused(new Problem("unknown-sequence-number", 400, "Invalid value",
                    "starting_after must be the sequence_number of an event that this response has had."),
                    Map.of("param", "starting_after"));
        }
        return place;
    }

    /// @return whether the text has such an event
    private boolean moved(Snapshot text, int place, int ordinal) {
        if (ordinal == Step.END.ordinal) {
            run = text.runs().count() - 1;
            step = run < 0 ? Step.IN_PROGRESS : Step.ITEM_DONE;
            return text.end().isPresent() && place == text.length() + run + 1;
        }
        if (ordinal >= Step.ITEM_ADDED.ordinal) {
            run = runBefore(text, place + 1);
            step = ordinal == Step.ITEM_ADDED.ordinal ? Step.ITEM_ADDED : Step.PART_ADDED;
            at = run < 0 ? 0 : begin(text);
            return run >= 0 && text.runs().start(run) + run == place && ordinal <= Step.PART_ADDED.ordinal
                    && (step == Step.ITEM_ADDED || hasPart(text));
        }
        if (place == 0) {
            return ordinal < AT_THE_BEGINNING.size() && (step = AT_THE_BEGINNING.get(ordinal)) != null;
        }
        run = runBefore(text, place);
        step = WITHIN_A_RUN.get(ordinal);
        at = place - run - 1;
        return run >= 0 && (step == Step.DELTA ? at > begin(text) && at <= text.end(run) && isBorder(text)
                : at == text.end(run) && isWhole(text) && (step != Step.PART_DONE || hasPart(text)));
    }

    /// The last run that begins before a place; -1 where there is none.
    private static int runBefore(Snapshot text, int place) {
        int before = -1;
        while (before + 1 < text.runs().count() && text.runs().start(before + 1) + before + 1 < place) {
            before++;
        }
        return before;
    }

    private boolean isBorder(Snapshot text) {
        return at == text.length() || (text.bytes()[at] & 0xC0) != 0x80;
    }

    /// The next event behind this place, which moves on; or null where there is none yet, or none any more.
    ResponseEvent next(Snapshot text) {
        return switch (step) {
            case NONE -> tell(Step.CREATED, text);
            case CREATED -> tell(Step.IN_PROGRESS, text);
            case IN_PROGRESS, ITEM_DONE -> nextRun(text);
            case ITEM_ADDED -> hasPart(text) ? tell(Step.PART_ADDED, text) : more(text);
            case PART_ADDED, DELTA -> more(text);
            case TEXT_DONE -> tell(hasPart(text) ? Step.PART_DONE : Step.ITEM_DONE, text);
            case PART_DONE -> tell(Step.ITEM_DONE, text);
            case END -> null;
        };
    }

    private ResponseEvent nextRun(Snapshot text) {
        if (run + 1 < text.runs().count()) {
            run++;
            at = begin(text);
            return tell(Step.ITEM_ADDED, text);
        }
        return text.end().isPresent() ? tell(Step.END, text) : null;
    }

    private ResponseEvent more(Snapshot text) {
        int end = text.end(run);
        if (at == end) {
            return isWhole(text) ? tell(Step.TEXT_DONE, text) : null;
        }
        int from = at;
        int border = joined ? DeltaBorders.last(text.bytes(), from, end, isWhole(text), MAX_JOINED)
                : DeltaBorders.next(text.bytes(), from, end, isWhole(text));
        if (border < 0) {
            return null;
        }
        at = border;
        step = Step.DELTA;
        return new ResponseEvent(step, number(text), run, from, at);
    }

    private ResponseEvent tell(Step next, Snapshot text) {
        step = next;
        boolean ofRun = run >= 0 && step != Step.END;
        return new ResponseEvent(step, number(text), run, ofRun ? begin(text) : 0, ofRun ? at : 0);
    }

    private long number(Snapshot text) {
        int place = switch (step) {
            case NONE, CREATED, IN_PROGRESS -> 0;
            case ITEM_ADDED, PART_ADDED -> text.runs().start(run) + run;
            case DELTA, TEXT_DONE, PART_DONE, ITEM_DONE -> at + run + 1;
            case END -> text.length() + text.runs().count();
        };
        return (generation << GENERATION_SHIFT) + ((long) place << ORDINAL_BITS) + step.ordinal;
    }

    /// Where the text of the run begins: in a call behind the call's head.
    private int begin(Snapshot text) {
        return ResponseJson.said(text, run).from();
    }

    private boolean hasPart(Snapshot text) {
        return text.runs().kind(run) != Kind.FUNCTION_CALL;
    }

    /// Whether nothing more comes in the run.
    private boolean isWhole(Snapshot text) {
        return run < text.runs().count() - 1 || text.end().isPresent();
    }

    /// Whether the last event was told.
    boolean done() {
        return step == Step.END;
    }
}
