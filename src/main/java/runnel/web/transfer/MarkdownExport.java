package runnel.web.transfer;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import runnel.chat.Chat;
import runnel.chat.FunctionCall;
import runnel.chat.Message;
import runnel.chat.Role;
import runnel.chat.Run;
import runnel.chat.Status;

/// A chat as a Markdown document, written as it goes: the conversation that its newest message belongs to, as the page shows it at
/// first.
public final class MarkdownExport {
    private static final int MAX_COPIED = 1 << 20;

    private MarkdownExport() {}

    public static void write(Writer out, Chat chat, Iterator<Message> messages) throws IOException {
        out.append("# ").append(chat.title()).append("\n");
        if (!chat.tags().isEmpty()) {
            out.append("\n*Tags: ").append(plain(String.join(", ", chat.tags()))).append("*\n");
        }
        while (messages.hasNext()) {
            write(out, messages.next());
        }
    }

    private static void write(Writer out, Message message) throws IOException {
        out.append("\n## ").append(message.role() == Role.USER ? "You" : "Assistant");
        if (message.model().isPresent()) {
            out.append(" (").append(message.model().get()).append(")");
        }
        out.append("\n");
        for (var file : message.attachments()) {
            out.append("\n*Attached: ").append(plain(file.name())).append("*\n");
        }
        for (var run : message.text().inOrder()) {
            write(out, run);
        }
        if (message.status() != Status.COMPLETE) {
            out.append("\n*This reply is ").append(message.status().wire()).append(".*\n");
        }
    }

    private static String plain(String text) {
        return text.replaceAll("([\\\\`*_\\[\\]<>])", "\\\\$1");
    }

    private static void write(Writer out, Run run) throws IOException {
        switch (run.kind()) {
            case TEXT, REFUSAL -> text(out.append("\n"), run);
            case REASONING -> text(out.append("\n<details>\n<summary>Reasoning</summary>\n\n"), run).append("\n</details>\n");
            case FUNCTION_CALL -> out.append("\n*The model called ").append(FunctionCall.of(run.text()).name()).append(".*\n");
        }
    }

    /// A long text is not copied, and so not stripped.
    private static Writer text(Writer out, Run run) throws IOException {
        if (run.text().length() <= MAX_COPIED) {
            return out.append(run.text().toString().strip()).append("\n");
        }
        new InputStreamReader(run.text().stream(), StandardCharsets.UTF_8).transferTo(out);
        return out.append("\n");
    }
}
