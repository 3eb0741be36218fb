package runnel.cli.terminal;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.function.Supplier;
import runnel.cli.terminal.TerminalSize.Size;

/// Markdown, drawn. What grows is shown as it comes; when a block is complete it is drawn in the same place, unless it has
/// grown out of the screen: then it stays as it is.
final class DrawnOutput extends PlainOutput {
    private final Supplier<Size> size;
    private final MarkdownBlocks blocks = new MarkdownBlocks();
    /// What is on the screen from the last line that was drawn on.
    private String grown = "";

    DrawnOutput(Screen screen, Supplier<Size> size) {
        super(screen);
        this.size = size;
    }

    @Override
    void write(String piece) throws IOException {
        var text = Printable.of(piece);
        blocks.add(text);
        screen.writeDrawn(text);
        grown += text;
        if (text.indexOf('\n') >= 0 && blocks.isComplete()) {
            draw(false);
        }
    }

    private void draw(boolean all) throws IOException {
        var now = size.get();
        int rows = Columns.rows(grown, now.columns());
        var drawn = blocks.take(new MarkdownDrawing(now.columns()), all);
        if (drawn.isEmpty() && !all) {
            return;
        }
        if (rows <= now.rows()) {
            // line by line: who clears all of a screen has tmux keep what was on it
            screen.writeDrawn("\r" + (rows > 1 ? "\033[" + (rows - 1) + "A" : "")
                    + drawn.replace("\n", "\033[K\n") + "\033[J" + blocks.rest());
        } else {
            blocks.leave();
            screen.writeDrawn(all && !grown.endsWith("\n") ? "\n" : "");
        }
        grown = blocks.rest();
    }

    @Override
    public void reasoning(String piece) throws IOException {
        drawAll();
        super.reasoning(piece);
    }

    @Override
    public void note(String sentence) throws IOException {
        drawAll();
        super.note(sentence);
    }

    @Override
    public void end(JsonNode stop) throws IOException {
        drawAll();
        super.end(stop);
    }

    private void drawAll() throws IOException {
        if (!grown.isEmpty()) {
            draw(true);
        }
        atLineStart();
    }
}
