package runnel.cli.terminal;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;

/// The text as it comes, the reasoning on standard error.
class PlainOutput implements ReplyOutput {
    final Screen screen;
    private boolean inReasoning;
    private boolean inText;
    private boolean lineEnded = true;

    PlainOutput(Screen screen) {
        this.screen = screen;
    }

    @Override
    public void reasoning(String piece) throws IOException {
        endLine();
        inReasoning = true;
        screen.sayDimmed(piece);
    }

    @Override
    public void content(String piece) throws IOException {
        if (inReasoning) {
            inReasoning = false;
            screen.say("\n\n");
        }
        inText = true;
        write(piece);
    }

    /// The next is written at the beginning of a line.
    final void atLineStart() {
        lineEnded = true;
    }

    void write(String piece) throws IOException {
        screen.write(piece);
        lineEnded = piece.endsWith("\n");
    }

    @Override
    public void note(String sentence) throws IOException {
        screen.sayDimmed((screen.terminal() && !lineEnded || inReasoning ? "\n" : "") + "[" + sentence + "]\n");
    }

    /// On a terminal a line is ended; in a pipe there is nothing but the reply.
    @Override
    public void end(JsonNode stop) throws IOException {
        if (inReasoning) {
            screen.say("\n");
        }
        endLine();
    }

    private void endLine() throws IOException {
        if (screen.terminal() && inText && !lineEnded) {
            screen.writeDrawn("\n");
            lineEnded = true;
        }
    }
}
