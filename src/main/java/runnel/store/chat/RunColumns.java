package runnel.store.chat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import runnel.chat.Run;
import runnel.chat.Slice;
import runnel.chat.Snapshot;
import runnel.store.Row;

/// A message's runs in its columns. What is of one sort is one plain text, `content`, `reasoning` or `calls`; `runs` says in which
/// order they came, as the first letter of a kind and a length in bytes for each: `r12t40r7t9`. It is null where all reasoning came
/// first, and then all text.
public final class RunColumns {
    private static final Pattern WRITTEN = Pattern.compile("([rtxf])(\\d{1,9})");
    private static final Map<String, Run.Kind> KINDS = Arrays.stream(Run.Kind.values())
            .collect(Collectors.toMap(RunColumns::letter, Function.identity()));

    private RunColumns() {}

    private static String letter(Run.Kind kind) {
        return switch (kind) {
            case REASONING -> "r";
            case TEXT -> "t";
            case REFUSAL -> "x";
            case FUNCTION_CALL -> "f";
        };
    }

    private static String column(Run.Kind kind) {
        return switch (kind) {
            case REASONING -> "reasoning";
            case TEXT, REFUSAL -> "content";
            case FUNCTION_CALL -> "calls";
        };
    }

    public static String calls(Snapshot text) {
        return text.joined(kind -> kind == Run.Kind.FUNCTION_CALL);
    }

    public static Optional<String> runs(Snapshot text) {
        return text.isReasoningThenText() ? Optional.empty() : Optional.of(text.inOrder().stream()
                .map(run -> letter(run.kind()) + run.text().length()).collect(Collectors.joining()));
    }

    /// The text and the end of a message.
    public static Snapshot read(Row row) {
        var written = row.text("runs");
        return written == null
                ? Snapshot.of(row.bytes("reasoning"), row.bytes("content"), row.integer("stops"), Messages.end(row))
                : inOrder(row, WRITTEN.matcher(written).results().toList());
    }

    private static Snapshot inOrder(Row row, List<MatchResult> written) {
        var columns = Map.of("reasoning", bytes(row, "reasoning"), "content", bytes(row, "content"), "calls", bytes(row, "calls"));
        return Snapshot.of(written.stream().map(each -> {
            var kind = KINDS.get(each.group(1));
            return new Run(kind, next(columns.get(column(kind)), Integer.parseInt(each.group(2))));
        }).toList(), row.integer("stops"), Messages.end(row));
    }

    private static ByteBuffer bytes(Row row, String column) {
        return ByteBuffer.wrap(row.bytes(column));
    }

    private static Slice next(ByteBuffer column, int length) {
        int from = column.position();
        column.position(Math.min(from + length, column.limit()));
        return new Slice(column.array(), from, column.position());
    }
}
