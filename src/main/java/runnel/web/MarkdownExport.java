package runnel.web;

import java.util.HashMap;
import java.util.LinkedList;
import java.util.List;
import runnel.chat.Chat;
import runnel.chat.Message;
import runnel.chat.Role;
import runnel.chat.Status;

/// A chat as a Markdown document: the conversation that its newest message belongs to, as the page shows it at first.
final class MarkdownExport {
    private MarkdownExport() {}

    static String of(Chat chat, List<Message> messages) {
        var text = new StringBuilder("# ").append(chat.title()).append("\n");
        for (var message : newestBranch(messages)) {
            text.append("\n## ").append(message.role() == Role.USER ? "You" : "Assistant");
            message.model().ifPresent(model -> text.append(" (").append(model).append(")"));
            text.append("\n\n").append(message.content().strip()).append("\n");
            if (message.status() != Status.COMPLETE) {
                text.append("\n*This reply is ").append(message.status().wire()).append(".*\n");
            }
        }
        return text.toString();
    }

    private static List<Message> newestBranch(List<Message> messages) {
        var byId = new HashMap<String, Message>();
        messages.forEach(message -> byId.put(message.id(), message));
        var branch = new LinkedList<Message>();
        var next = messages.isEmpty() ? null : messages.getLast();
        while (next != null) {
            branch.addFirst(next);
            next = next.parent().map(byId::get).orElse(null);
        }
        return branch;
    }
}
