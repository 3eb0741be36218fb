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
    private static final Pattern BLANK = Pattern.compile("\\s*");

    private enum Place { BEGINNING, THOUGHTS, BEHIND_THOUGHTS, TEXT, TEXT_BEHIND_THOUGHTS }

    private final Sink sink;
    private final FieldThoughts ofField = new FieldThoughts();
    private final RepeatedThoughts repeated = new RepeatedThoughts();
    private final StringBuilder held = new StringBuilder();
    /// The whole, where an answer is taken for thoughts that may be none.
    private final StringBuilder taken = new StringBuilder();
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

    /// What an assistant's message is without the thoughts that it begins with, for a model that is to read it.
    static String without(String content) {
        Matcher open = ThinkTag.OPEN.matcher(content);
        Matcher close = ThinkTag.CLOSE.matcher(content);
        return open.lookingAt() && close.find(open.end()) ? without(content.substring(close.end()).stripLeading()) : content;
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

    /// Passes on what is held back.
    void finish() {
        thinkOfField(ofField.rest());
        release();
        if (assumed && place == Place.THOUGHTS) {
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
            case TEXT, TEXT_BEHIND_THOUGHTS -> say(position.isJoined() && ThinkTag.LAST.matcher(rest).matches() ? "" : rest);
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
            held.delete(0, open.end());
            return enter(Place.THOUGHTS);
        }
        if (first.lookingAt()) { // its server took the thoughts apart and left the tag, or there were none
            assumed = false;
            taken.setLength(0);
            held.delete(0, first.end());
            return enter(Place.BEHIND_THOUGHTS);
        }
        if (held.length() < ThinkTag.LONGEST && (open.hitEnd() || first.hitEnd() || BLANK.matcher(held).matches())) {
            return false;
        }
        if (place == Place.BEHIND_THOUGHTS) {
            held.delete(0, held.length() - held.toString().stripLeading().length());
            return enter(Place.TEXT_BEHIND_THOUGHTS);
        }
        return enter(assumed ? Place.THOUGHTS : Place.TEXT);
    }

    private boolean thinks() {
        Matcher close = ThinkTag.CLOSE.matcher(held);
        if (close.find()) {
            think(repeated.ofTags(held.substring(0, close.start())));
            think(repeated.closed());
            held.delete(0, close.end());
            assumed = false;
            taken.setLength(0);
            return enter(Place.BEHIND_THOUGHTS);
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
            held.delete(0, lone.end());
            say(RULE);
            thinksFirst = true;
            return enter(Place.BEHIND_THOUGHTS);
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
            held.delete(0, open.end());
            return enter(Place.THOUGHTS);
        }
        return (open.hitEnd() || mayBeLast()) && held.length() < ThinkTag.LONGEST ? false : pass(1);
    }

    private boolean mayBeLast() {
        Matcher last = ThinkTag.LAST.matcher(held);
        return (last.matches() || last.hitEnd()) && position.isJoined();
    }

    private boolean pass(int end) {
        position.pass(held, end);
        say(held.substring(0, end));
        held.delete(0, end);
        return !held.isEmpty();
    }

    private boolean enter(Place next) {
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
