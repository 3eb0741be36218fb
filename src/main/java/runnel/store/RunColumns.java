package runnel.store;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import runnel.chat.Run;
import runnel.chat.Runs;
import runnel.chat.Snapshot;

/// A message's runs in its columns. What is of one sort is one plain text, `content`, `reasoning` or `calls`; `runs` says in which
/// order they came, as the first letter of a kind and a length in bytes for each: `r12t40r7t9`. It is null where all reasoning came
/// first, and then all text.
final class RunColumns {
    private static final Pattern WRITTEN = Pattern.compile("([rtxf])(\\d{1,9})");
    private static final Map<String, Run.Kind> KINDS = Map.of("r", Run.Kind.REASONING, "t", Run.Kind.TEXT, "x", Run.Kind.REFUSAL,
            "f", Run.Kind.FUNCTION_CALL);

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

    static String calls(Snapshot text) {
        return text.joined(kind -> kind == Run.Kind.FUNCTION_CALL);
    }

    static Optional<String> runs(Snapshot text) {
        var kinds = IntStream.range(0, text.runs().count()).mapToObj(run -> letter(text.runs().kind(run))).collect(Collectors.joining());
        return kinds.matches("r?t?") ? Optional.empty() : Optional.of(IntStream.range(0, text.runs().count())
                .mapToObj(run -> letter(text.runs().kind(run)) + (text.end(run) - text.runs().start(run))).collect(Collectors.joining()));
    }

    /// The text and the end of a message.
    static Snapshot read(ResultSet row) throws SQLException {
        var written = row.getString("runs");
        return written == null
                ? Snapshot.of(row.getString("reasoning"), row.getString("content"), row.getInt("stops"), Messages.end(row))
                : inOrder(row, WRITTEN.matcher(written).results().toList());
    }

    private static Snapshot inOrder(ResultSet row, Iterable<MatchResult> written) throws SQLException {
        var columns = Map.of("reasoning", bytes(row, "reasoning"), "content", bytes(row, "content"), "calls", bytes(row, "calls"));
        var log = new ByteArrayOutputStream();
        var runs = Runs.NONE;
        for (var each : written) {
            var kind = KINDS.get(each.group(1));
            var column = columns.get(column(kind));
            var run = new byte[Math.min(Integer.parseInt(each.group(2)), column.remaining())];
            column.get(run);
            runs = runs.with(kind, log.size());
            log.writeBytes(run);
        }
        return new Snapshot(log.toByteArray(), log.size(), runs, row.getInt("stops"), Messages.end(row));
    }

    private static ByteBuffer bytes(ResultSet row, String column) throws SQLException {
        return ByteBuffer.wrap(row.getString(column).getBytes(StandardCharsets.UTF_8));
    }
}
