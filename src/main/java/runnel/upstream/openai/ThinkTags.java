package runnel.upstream.openai;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import runnel.chat.Run;
import runnel.upstream.Sink;

/// Passes on an answer, with what stands between `<think>` and `</think>` in its content as reasoning: so open models mark
/// their thoughts where their server does not take them apart. Tags may come in any pieces.
///
/// An opening tag counts at the beginning of the answer, or right behind other thoughts; elsewhere it is text, as in an answer that
/// explains such tags. In an answer that began with thoughts it counts wherever a sentence may begin, outside of code.
///
/// Some chat templates open the tag themselves, so the answer begins within the thoughts and only the closing tag is seen, alone
/// on its line and outside of code. Nobody can tell before it comes: the first answer of such a model keeps its thoughts as
/// text, with a rule in place of the tag. From then on ([#thinksFirst]) its answers begin as reasoning; one that never closes
/// it was no reasoning, and is said as text when it ends.
final class ThinkTags implements Sink {
    private static final String RULE = "\n\n***\n\n";

    private enum Place { BEGINNING, THOUGHTS, BEHIND_THOUGHTS, TEXT, TEXT_BEHIND_THOUGHTS }

    private final Sink sink;
    private final FieldThoughts ofField = new FieldThoughts();
    private final RepeatedThoughts repeated = new RepeatedThoughts();
    private final StringBuilder held = new StringBuilder();
    /// The whole, where an answer is taken for thoughts that may be none.
    private final StringBuilder taken = new StringBuilder();
    private Pattern last = ThinkTag.LAST;
    private Place place = Place.BEGINNING;
    private boolean thinksFirst;
    private boolean assumed;
    private final TextPosition position = new TextPosition();
    private boolean mentioned;
    private boolean said;
    private boolean thought;

    /// @param thinksFirst whether the model's answers are known to begin within its thoughts
    ThinkTags(Sink sink, boolean thinksFirst) {
        this.sink = sink;
        this.thinksFirst = thinksFirst;
        this.assumed = thinksFirst;
    }

    boolean thinksFirst() {
        return thinksFirst;
    }

    /// Whether there was any content but white space.
    boolean hasSaid() {
        return said;
    }

    boolean hasThought() {
        return thought;
    }

    @Override
    public void append(Run.Kind kind, String piece) {
        switch (kind) {
            case REASONING -> reasoning(piece);
            case TEXT -> content(piece);
            case REFUSAL, FUNCTION_CALL -> other(kind, piece);
        }
    }

    private void other(Run.Kind kind, String piece) {
        if (!piece.isEmpty()) {
            thinkOfField(ofField.rest());
            release();
            said |= kind == Run.Kind.REFUSAL && !piece.isBlank();
            sink.append(kind, piece);
        }
    }

    @Override
    public void call(String id, String name) {
        thinkOfField(ofField.rest());
        release();
        sink.call(id, name);
    }

    private void reasoning(String piece) {
        if (!piece.isEmpty()) {
            assumed = false; // its server knows thoughts from text
            if (place == Place.TEXT || place == Place.TEXT_BEHIND_THOUGHTS) {
                release();
            }
            thinkOfField(ofField.more(piece));
        }
    }

    private void thinkOfField(String piece) {
        if (!piece.isEmpty()) {
            think(repeated.ofField(piece));
        }
    }

    private void content(String piece) {
        if (!piece.isEmpty()) {
            thinkOfField(ofField.rest());
            held.append(piece);
            while (goesOn()) {}
        }
    }

    /// Passes on what is held back. Only a model that came to its end by itself (`isWhole`) would have closed its thoughts.
    void finish(boolean isWhole) {
        thinkOfField(ofField.rest());
        release();
        if (assumed && place == Place.THOUGHTS && isWhole) {
            thinksFirst = false;
            say(taken.toString());
        }
    }

    private void release() {
        String rest = held.toString();
        held.setLength(0);
        switch (place) {
            case THOUGHTS -> {
                think(repeated.ofTags(rest));
                think(repeated.closed());
            }
            case BEGINNING -> say(rest);
            case TEXT, TEXT_BEHIND_THOUGHTS -> say(position.isJoined() && last.matcher(rest).matches() ? "" : rest);
            case BEHIND_THOUGHTS -> say(rest.stripLeading());
        }
    }

    /// @return whether something was decided, and there is more to look at
    private boolean goesOn() {
        return switch (place) {
            case BEGINNING, BEHIND_THOUGHTS -> begins();
            case THOUGHTS -> thinks();
            case TEXT -> talks();
            case TEXT_BEHIND_THOUGHTS -> mayThinkAgain();
        };
    }

    private boolean begins() {
        Matcher open = ThinkTag.OPEN.matcher(held);
        Matcher first = ThinkTag.FIRST.matcher(held);
        if (open.lookingAt()) {
            assumed = false;
            return enter(Place.THOUGHTS, open.end());
        }
        if (first.lookingAt()) { // its server took the thoughts apart and left the tag, or there were none
            assumed = false;
            taken.setLength(0);
            return enter(Place.BEHIND_THOUGHTS, first.end());
        }
        Matcher answer = ThinkTag.ANSWER.matcher(held);
        if (place == Place.BEHIND_THOUGHTS && answer.lookingAt()) {
            last = ThinkTag.LAST_OF_ANSWER;
            return enter(place, answer.end());
        }
        if (held.length() < ThinkTag.LONGEST && (open.hitEnd() || first.hitEnd() || answer.hitEnd() || held.toString().isBlank())) {
            return false;
        }
        if (place == Place.BEHIND_THOUGHTS) {
            return enter(Place.TEXT_BEHIND_THOUGHTS, held.length() - held.toString().stripLeading().length());
        }
        return enter(assumed ? Place.THOUGHTS : Place.TEXT, 0);
    }

    private boolean thinks() {
        Matcher close = ThinkTag.CLOSE.matcher(held);
        if (close.find()) {
            think(repeated.ofTags(held.substring(0, close.start())));
            think(repeated.closed());
            assumed = false;
            taken.setLength(0);
            return enter(Place.BEHIND_THOUGHTS, close.end());
        }
        int sure = ThinkTag.sureEnd(close, held);
        think(repeated.ofTags(held.substring(0, sure)));
        held.delete(0, sure);
        return false;
    }

    /// Looks for a closing tag that nothing opened.
    private boolean talks() {
        int at = held.indexOf("<");
        if (at != 0) {
            return pass(at < 0 ? held.length() : at);
        }
        Matcher lone = ThinkTag.LONE.matcher(held);
        Matcher open = ThinkTag.OPEN.matcher(held);
        if (lone.lookingAt() && !mentioned && position.mayHoldTag()) {
            say(RULE);
            thinksFirst = true;
            return enter(Place.BEHIND_THOUGHTS, lone.end());
        }
        mentioned |= open.lookingAt();
        return (lone.hitEnd() || open.hitEnd() || mayBeLast()) && held.length() < ThinkTag.LONGEST ? false : pass(1);
    }

    /// Looks for thoughts behind text that was behind thoughts.
    private boolean mayThinkAgain() {
        int at = ThinkTag.mayBegin(held, 0);
        if (at > 0) {
            return pass(at);
        }
        Matcher open = ThinkTag.OPEN.matcher(held);
        if (open.lookingAt() && position.maySentenceBegin()) {
            return enter(Place.THOUGHTS, open.end());
        }
        return (open.hitEnd() || mayBeLast()) && held.length() < ThinkTag.LONGEST ? false : pass(1);
    }

    private boolean mayBeLast() {
        Matcher mark = last.matcher(held);
        return (mark.matches() || mark.hitEnd()) && position.isJoined();
    }

    private boolean pass(int end) {
        position.pass(held, end);
        say(held.substring(0, end));
        held.delete(0, end);
        return !held.isEmpty();
    }

    private boolean enter(Place next, int from) {
        held.delete(0, from);
        place = next;
        return !held.isEmpty();
    }

    private void think(String piece) {
        if (!piece.isEmpty()) {
            thought = true;
            if (assumed) {
                taken.append(piece);
            }
            sink.append(Run.Kind.REASONING, piece);
        }
    }

    private void say(String piece) {
        if (!piece.isEmpty()) {
            if (!piece.isBlank()) {
                said = true;
                repeated.answered();
            }
            sink.append(Run.Kind.TEXT, piece);
        }
    }
}
