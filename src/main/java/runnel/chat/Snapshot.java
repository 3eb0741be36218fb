package runnel.chat;

import java.io.ByteArrayOutputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// A reply at one moment: the bytes, how many of them are written, the runs that they are, and the end, all taken together.
/// The written bytes never change, so a snapshot shares its arrays with the later ones.
///
/// @param runs  of what kind the bytes are, in the order in which they came
/// @param stops how many times the reply has ended
/// @param end   how it ended last; absent while it runs
public record Snapshot(byte[] bytes, int length, Runs runs, int stops, Optional<End> end) {
    public static final Snapshot EMPTY = new Snapshot(new byte[0], 0, Runs.NONE, 0, Optional.empty());

    /// A reply that has thought, or not, and then answered, or not.
    public static Snapshot of(String reasoning, String content, int stops, Optional<End> end) {
        return of(reasoning.getBytes(StandardCharsets.UTF_8), content.getBytes(StandardCharsets.UTF_8), stops, end);
    }

    /// The same in UTF-8. The arrays are kept, and must not change.
    public static Snapshot of(byte[] reasoning, byte[] content, int stops, Optional<End> end) {
        if (reasoning.length == 0) {
            return new Snapshot(content, content.length, content.length == 0 ? Runs.NONE : Runs.NONE.with(Run.Kind.TEXT, 0), stops, end);
        }
        return of(List.of(new Run(Run.Kind.REASONING, Slice.of(reasoning)), new Run(Run.Kind.TEXT, Slice.of(content))), stops, end);
    }

    /// A reply of these runs, of which empty ones are left out.
    public static Snapshot of(List<Run> runs, int stops, Optional<End> end) {
        var bytes = new ByteArrayOutputStream();
        var borders = Runs.NONE;
        for (var run : runs.stream().filter(each -> each.text().length() > 0).toList()) {
            borders = borders.with(run.kind(), bytes.size());
            bytes.write(run.text().bytes(), run.text().from(), run.text().length());
        }
        return new Snapshot(bytes.toByteArray(), bytes.size(), borders, stops, end);
    }

    /// The place behind everything that is here.
    public Cursor cursor(long epoch) {
        return new Cursor(epoch, length, stops);
    }

    /// The same text, not ended, or not any more.
    public Snapshot running() {
        return new Snapshot(bytes, length, runs, stops, Optional.empty());
    }

    /// Where a run ends, for now.
    public int end(int run) {
        return run < runs.count() - 1 ? runs.start(run + 1) : length;
    }

    public Run run(int run) {
        return new Run(runs.kind(run), new Slice(bytes, runs.start(run), end(run)));
    }

    /// All runs that hold anything, in order.
    public List<Run> inOrder() {
        return IntStream.range(0, runs.count()).mapToObj(this::run).filter(run -> run.text().length() > 0).toList();
    }

    /// Whether its reasoning, and then its text, are all that it holds, so that those two tell the order too.
    public boolean isReasoningThenText() {
        return switch (runs.count()) {
            case 0 -> true;
            case 1 -> runs.kind(0) == Run.Kind.REASONING || runs.kind(0) == Run.Kind.TEXT;
            case 2 -> runs.kind(0) == Run.Kind.REASONING && runs.kind(1) == Run.Kind.TEXT;
            default -> false;
        };
    }

    public String reasoningText() {
        return joined(kind -> kind == Run.Kind.REASONING);
    }

    /// The answer: text and refusals.
    public String contentText() {
        return joined(Run.Kind::isContent);
    }

    /// All runs of some kinds as one text, which is not copied.
    public Reader reader(Predicate<Run.Kind> kinds) {
        var texts = IntStream.range(0, runs.count()).filter(run -> kinds.test(runs.kind(run)))
                .mapToObj(run -> run(run).text().stream()).toList();
        return new InputStreamReader(new SequenceInputStream(Collections.enumeration(texts)), StandardCharsets.UTF_8);
    }

    /// All runs of some kinds as one text.
    public String joined(Predicate<Run.Kind> kinds) {
        return IntStream.range(0, runs.count()).filter(run -> kinds.test(runs.kind(run))).mapToObj(run -> run(run).text().toString())
                .collect(Collectors.joining());
    }
}
