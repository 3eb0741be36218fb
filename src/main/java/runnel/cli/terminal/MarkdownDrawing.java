package runnel.cli.terminal;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.ext.gfm.tables.TableCell;
import org.commonmark.node.BlockQuote;
import org.commonmark.node.Code;
import org.commonmark.node.Emphasis;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Image;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.LinkReferenceDefinition;
import org.commonmark.node.Link;
import org.commonmark.node.ListBlock;
import org.commonmark.node.Node;
import org.commonmark.node.OrderedList;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.StrongEmphasis;
import org.commonmark.node.Text;
import org.commonmark.node.ThematicBreak;

/// A block of Markdown as a terminal shows it. Every text goes through [Printable], since an entity such as `&#27;` becomes a control
/// character only by parsing.
///
/// @param width columns of the terminal; a table that is wider is no table
record MarkdownDrawing(int width) {
    private static final String CODE = "\033[36m%s\033[39m";
    private static final String STRONG = "\033[1m%s\033[22m";
    private static final String SLANTED = "\033[3m%s\033[23m";
    private static final String UNDERLINED = "\033[4m%s\033[24m";
    private static final String DIMMED = "\033[2m%s\033[22m";
    private static final int MAX_RULE = 40;
    private static final int MIN_WIDTH = 20;
    /// Each with what separates it from the next.
    private static final Pattern WORDS = Pattern.compile("(?<=[ \n])");

    /// @return lines, without the last line break
    String block(Node block) {
        return switch (block) {
            case Heading heading -> STRONG.formatted(heading.getLevel() < 3 ? UNDERLINED.formatted(inside(heading)) : inside(heading));
            case FencedCodeBlock code -> language(code) + code(code.getLiteral());
            case IndentedCodeBlock code -> code(code.getLiteral());
            case HtmlBlock html -> Printable.of(html.getLiteral());
            case BlockQuote quote -> prefixed(narrower(2).blocks(quote, "\n\n"), DIMMED.formatted("│ "), DIMMED.formatted("│ "));
            case ListBlock list -> list(list);
            case TableBlock table -> table(table);
            case ThematicBreak _ -> DIMMED.formatted("─".repeat(Math.min(width, MAX_RULE)));
            case LinkReferenceDefinition _ -> "";
            default -> wrapped(inside(block));
        };
    }

    private MarkdownDrawing narrower(int columns) {
        return new MarkdownDrawing(Math.max(MIN_WIDTH, width - columns));
    }

    /// Broken between words.
    private String wrapped(String text) {
        var lines = new StringBuilder();
        int column = 0;
        for (var word : WORDS.split(text)) {
            int columns = Columns.of(word.strip());
            if (column > 0 && column + columns > width) {
                lines.setLength(lines.length() - 1);
                lines.append("\n");
                column = 0;
            }
            lines.append(word);
            column = word.endsWith("\n") ? 0 : column + columns + 1;
        }
        return lines.toString();
    }

    /// The line above code that says what it is.
    static String language(FencedCodeBlock code) {
        return code.getInfo().isBlank() ? "" : "  " + DIMMED.formatted(Printable.line(code.getInfo())) + "\n";
    }

    String code(String lines) {
        return Printable.of(lines).stripTrailing().lines().map(line -> "  " + CODE.formatted(line)).collect(Collectors.joining("\n"));
    }

    private String blocks(Node parent, String between) {
        return children(parent).map(this::block).collect(Collectors.joining(between));
    }

    private String list(ListBlock list) {
        int number = firstNumber(list);
        var items = new ArrayList<String>();
        for (var item : children(list).toList()) {
            items.add(item(list, item, number++));
        }
        return String.join(list.isTight() ? "\n" : "\n\n", items);
    }

    static int firstNumber(ListBlock list) {
        return list instanceof OrderedList ordered && ordered.getMarkerStartNumber() != null ? ordered.getMarkerStartNumber() : 1;
    }

    String item(ListBlock list, Node item, int number) {
        var marker = list instanceof OrderedList ? number + ". " : "• ";
        return prefixed(narrower(marker.length()).blocks(item, list.isTight() ? "\n" : "\n\n"), marker, " ".repeat(marker.length()));
    }

    private static String prefixed(String lines, String first, String others) {
        return first + lines.replace("\n", "\n" + others);
    }

    private String inside(Node parent) {
        return children(parent).map(this::inline).collect(Collectors.joining());
    }

    private String inline(Node node) {
        return switch (node) {
            case Text text -> Printable.line(text.getLiteral());
            case Code code -> CODE.formatted(Printable.line(code.getLiteral()));
            case HtmlInline html -> Printable.of(html.getLiteral());
            case Emphasis emphasis -> SLANTED.formatted(inside(emphasis));
            case StrongEmphasis strong -> STRONG.formatted(inside(strong));
            case Link link -> address(inside(link), link.getDestination());
            case Image image -> address(inside(image), image.getDestination());
            case SoftLineBreak _ -> "\n";
            case HardLineBreak _ -> "\n";
            default -> inside(node);
        };
    }

    private static String address(String text, String destination) {
        var shown = Printable.line(destination);
        return text.equals(shown) || text.isEmpty() ? UNDERLINED.formatted(shown)
                : UNDERLINED.formatted(text) + DIMMED.formatted(" (" + shown + ")");
    }

    private String table(TableBlock table) {
        var rows = children(table).flatMap(MarkdownDrawing::children).map(row -> children(row).map(TableCell.class::cast).toList())
                .toList();
        var widths = new ArrayList<Integer>();
        for (var row : rows) {
            for (int i = 0; i < row.size(); i++) {
                int columns = Columns.of(inside(row.get(i)));
                if (i == widths.size()) {
                    widths.add(columns);
                }
                widths.set(i, Math.max(widths.get(i), columns));
            }
        }
        boolean fits = widths.stream().mapToInt(columns -> columns + 3).sum() - 3 <= width;
        return rows.stream().map(row -> fits ? row(row, widths) : row.stream().map(this::inside).collect(Collectors.joining(" | ")))
                .collect(Collectors.joining("\n"));
    }

    private String row(List<TableCell> cells, List<Integer> widths) {
        var line = new ArrayList<String>();
        for (int i = 0; i < cells.size(); i++) {
            var text = inside(cells.get(i));
            var room = " ".repeat(widths.get(i) - Columns.of(text));
            var filled = cells.get(i).getAlignment() == TableCell.Alignment.RIGHT ? room + text : text + room;
            line.add(cells.get(i).isHeader() ? STRONG.formatted(filled) : filled);
        }
        var shown = String.join(DIMMED.formatted(" │ "), line);
        return cells.getFirst().isHeader() ? shown + "\n" + DIMMED.formatted(
                widths.stream().map(columns -> "─".repeat(columns)).collect(Collectors.joining("─┼─"))) : shown;
    }

    static Stream<Node> children(Node parent) {
        return Stream.iterate(parent.getFirstChild(), node -> node != null, Node::getNext);
    }
}
