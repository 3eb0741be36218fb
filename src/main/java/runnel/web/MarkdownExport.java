package runnel.web;

import java.io.IOException;
import java.io.Writer;
import java.util.Iterator;
import runnel.chat.Chat;
import runnel.chat.Message;
import runnel.chat.Role;
import runnel.chat.Status;

/// A chat as a Markdown document, written as it goes: the conversation that its newest message belongs to, as the page shows it at
/// first.
final class MarkdownExport {
    private MarkdownExport() {}

    static void write(Writer out, Chat chat, Iterator<Message> messages) throws IOException {
        out.append("# ").append(chat.title()).append("\n");
        while (messages.hasNext()) {
            write(out, messages.next());
        }
    }

    private static void write(Writer out, Message message) throws IOException {
        out.append("\n## ").append(message.role() == Role.USER ? "You" : "Assistant");
        if (message.model().isPresent()) {
            out.append(" (").append(message.model().get()).append(")");
        }
        out.append("\n\n").append(message.text().contentText().strip()).append("\n");
        if (message.status() != Status.COMPLETE) {
            out.append("\n*This reply is ").append(message.status().wire()).append(".*\n");
        }
    }
}
