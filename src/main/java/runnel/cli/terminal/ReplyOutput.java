package runnel.cli.terminal;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;

/// What becomes of a reply on its way out. Whoever it is written to may have gone: then it throws.
interface ReplyOutput {
    /// Markdown is drawn where a terminal shows it.
    static ReplyOutput on(Screen screen) {
        return screen.drawn() ? new DrawnOutput(screen, new TerminalSize()::now) : new PlainOutput(screen);
    }

    /// An event as it came.
    default void event(String id, String name, String data) throws IOException {}

    default void reasoning(String piece) throws IOException {}

    default void content(String piece) throws IOException {}

    /// Says something beside the reply.
    void note(String sentence) throws IOException;

    /// Nothing more comes.
    default void end(JsonNode stop) throws IOException {}
}
