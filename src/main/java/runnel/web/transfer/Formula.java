package runnel.web.transfer;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.commonmark.node.CustomNode;
import org.commonmark.parser.beta.InlineContentParser;
import org.commonmark.parser.beta.InlineContentParserFactory;
import org.commonmark.parser.beta.ParsedInline;
import org.commonmark.parser.beta.Scanner;

/// A formula in Markdown, whose signs are none of Markdown's: between `$$`, `\[` and `\]`, `\(` and `\)`, or `$` as Pandoc takes it,
/// with no space inside and no digit behind.
final class Formula extends CustomNode {
    private static final Map<String, String> ENDS = Map.of("$$", "$$", "\\[", "\\]", "\\(", "\\)");

    private final String source;

    private Formula(String source) {
        this.source = source;
    }

    String source() {
        return source;
    }

    static final class Factory implements InlineContentParserFactory {
        @Override
        public Set<Character> getTriggerCharacters() {
            return Set.of('$', '\\');
        }

        @Override
        public InlineContentParser create() {
            var unclosed = new HashSet<String>();
            return state -> parse(state.scanner(), unclosed);
        }
    }

    /// @param unclosed the ends that do not come any more in this paragraph, which would else be looked for again and again
    private static ParsedInline parse(Scanner scanner, Set<String> unclosed) {
        var begin = scanner.position();
        char first = scanner.peek();
        scanner.next();
        var end = ENDS.get("" + first + scanner.peek());
        if (end != null) {
            scanner.next();
        }
        boolean closed = end == null ? first == '$' && single(scanner) : !unclosed.contains(end) && skipTo(scanner, end);
        if (closed) {
            return ParsedInline.of(new Formula(scanner.getSource(begin, scanner.position()).getContent()), scanner.position());
        }
        if (end != null) {
            unclosed.add(end);
        }
        return ParsedInline.none();
    }

    private static boolean skipTo(Scanner scanner, String end) {
        while (scanner.hasNext()) {
            if (scanner.next(end)) {
                return true;
            }
            scanner.next();
        }
        return false;
    }

    private static boolean single(Scanner scanner) {
        boolean spaced = scanner.peek() == ' ';
        char before = '$';
        while (!spaced && scanner.hasNext() && scanner.peek() != '\n') {
            char now = scanner.peek();
            scanner.next();
            if (now == '$' && before != '\\') {
                return before != ' ' && !Character.isDigit(scanner.peek());
            }
            before = now == '\\' && before == '\\' ? 0 : now; // a backslash that is escaped escapes nothing
        }
        return false;
    }
}
