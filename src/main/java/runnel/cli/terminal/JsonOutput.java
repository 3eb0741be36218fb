package runnel.cli.terminal;

import java.io.IOException;
import java.util.regex.Pattern;

/// The events as they come, one a line, as a WebSocket carries them.
record JsonOutput(Screen screen) implements ReplyOutput {
    /// What JSON may hold as it is and a terminal obeys.
    private static final Pattern CONTROL = Pattern.compile("[\\x7f-\\x9f\\u202a-\\u202e\\u2066-\\u2069]");

    @Override
    public void event(String id, String name, String data) throws IOException {
        var line = "{\"id\":" + Api.quoted(id) + ",\"event\":" + Api.quoted(name) + ",\"data\":" + data + "}\n";
        screen.writeDrawn(screen.terminal()
                ? CONTROL.matcher(line).replaceAll(one -> "\\\\u%04x".formatted((int) one.group().charAt(0))) : line);
    }

    @Override
    public void note(String sentence) {
        screen.say("[" + sentence + "]\n");
    }
}
