package runnel.cli.terminal;

import java.util.List;
import java.util.function.Supplier;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.BlockQuote;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.ListBlock;
import org.commonmark.node.Node;
import org.commonmark.node.Paragraph;
import org.commonmark.node.ThematicBreak;
import org.commonmark.parser.IncludeSourceSpans;
import org.commonmark.parser.Parser;

/// Markdown that grows (CommonMark with GitHub's tables), taken block by block: a block is complete when another begins. An item of a
/// list and a line of code count as blocks, since lists and code grow longer than a screen.
final class MarkdownBlocks {
    private static final int MAX_DEPTH = 50;
    private static final Parser PARSER = Parser.builder().extensions(List.of(TablesExtension.create()))
            .includeSourceSpans(IncludeSourceSpans.BLOCKS).maxOpenBlockParsers(MAX_DEPTH).build();

    private final StringBuilder text = new StringBuilder();
    /// What ends the code that is open, or nothing.
    private String fence = "";
    private boolean begun;
    private boolean gap;
    private int looked;

    void add(String piece) {
        text.append(piece);
    }

    /// Whether it is worth while to look for complete blocks again: to read a long one at each of its lines would take ever longer.
    boolean isComplete() {
        return !fence.isEmpty() || text.length() > looked + looked / 16 || text.toString().endsWith("\n\n");
    }

    /// What has not been taken.
    String rest() {
        return text.toString();
    }

    /// What was taken last is not shown as it was drawn, but as it was written.
    void leave() {
        gap = false;
    }

    /// Takes what is complete, as it is drawn, each with its line break.
    ///
    /// @param all whether the rest counts as complete
    String take(MarkdownDrawing drawing, boolean all) {
        var drawn = new StringBuilder();
        int before;
        do {
            before = text.length();
            if (fence.isEmpty()) {
                blocks(drawing, drawn, all);
            } else {
                code(drawing, drawn, all);
            }
        } while (text.length() < before && !text.isEmpty());
        looked = text.length();
        return drawn.toString();
    }

    private void code(MarkdownDrawing drawing, StringBuilder drawn, boolean all) {
        int end = text.indexOf("\n");
        while (!fence.isEmpty() && (end >= 0 || all && !text.isEmpty())) {
            var line = text.substring(0, end < 0 ? text.length() : end);
            text.delete(0, line.length() + 1);
            if (line.strip().startsWith(fence) && line.strip().replace(fence.substring(0, 1), "").isEmpty()) {
                fence = "";
            } else {
                drawn.append(line.isBlank() ? "" : drawing.code(line)).append("\n");
            }
            end = text.indexOf("\n");
        }
    }

    private void blocks(MarkdownDrawing drawing, StringBuilder drawn, boolean all) {
        var lines = all ? text.toString() : text.substring(0, text.lastIndexOf("\n") + 1); // half a line may become anything
        var blocks = MarkdownDrawing.children(PARSER.parse(lines)).filter(block -> !block.getSourceSpans().isEmpty()).toList();
        int taken = 0;
        for (var block : blocks) {
            boolean last = block == blocks.getLast();
            if (last && block instanceof FencedCodeBlock code && code.getClosingFenceLength() == null
                    && text.indexOf("\n", start(block)) > 0) {
                separate(drawn, taken, block);
                drawn.append(MarkdownDrawing.language(code));
                fence = code.getFenceCharacter().repeat(code.getOpeningFenceLength());
                taken = text.indexOf("\n", start(block)) + 1;
            } else if (last && !all && block instanceof ListBlock list) {
                taken = items(drawing, drawn, list, taken);
            } else if (!last || all || isClosed(block, lines.endsWith("\n\n"))) {
                separate(drawn, taken, block);
                drawn.append(safely(() -> drawing.block(block), block)).append("\n");
                taken = end(block);
            }
        }
        if (taken > 0) {
            var rest = text.substring(taken);
            var kept = fence.isEmpty() ? rest.replaceFirst("^\\s*\n", "") : rest;
            gap = fence.isEmpty() && rest.length() - kept.length() > 1;
            text.replace(0, text.length(), kept);
        }
    }

    /// Whether nothing that comes can belong to it.
    ///
    /// @param apart whether an empty line stands behind it
    private static boolean isClosed(Node block, boolean apart) {
        return switch (block) {
            case Heading _ -> true;
            case ThematicBreak _ -> true;
            case FencedCodeBlock code -> code.getClosingFenceLength() != null;
            case Paragraph _ -> apart;
            case BlockQuote _ -> apart;
            case TableBlock _ -> apart;
            default -> false;
        };
    }

    private int items(MarkdownDrawing drawing, StringBuilder drawn, ListBlock list, int taken) {
        int number = MarkdownDrawing.firstNumber(list);
        for (var item = list.getFirstChild(); item.getNext() != null; item = item.getNext()) {
            var one = item;
            int count = number++;
            separate(drawn, taken, item);
            drawn.append(safely(() -> drawing.item(list, one, count), item)).append("\n");
            taken = end(item);
        }
        return taken;
    }

    /// What is nested deeper than the stack is shown as it was written.
    private String safely(Supplier<String> drawn, Node block) {
        try {
            return drawn.get();
        } catch (StackOverflowError deep) {
            return text.substring(start(block), end(block));
        }
    }

    /// An empty line where the source has one, or more.
    private void separate(StringBuilder drawn, int taken, Node block) {
        long breaks = text.substring(taken, start(block)).chars().filter(c -> c == '\n').count();
        boolean apart = taken == 0 ? gap || breaks > 0 : breaks > 1;
        if (begun && apart) {
            drawn.append("\n");
        }
        begun = true;
    }

    private static int start(Node block) {
        return block.getSourceSpans().getFirst().getInputIndex();
    }

    private static int end(Node block) {
        var last = block.getSourceSpans().getLast();
        return last.getInputIndex() + last.getLength();
    }
}
