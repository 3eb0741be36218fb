package runnel.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import runnel.chat.Chat;
import runnel.chat.End;
import runnel.chat.Message;

/// Chats and messages as the API shows them.
final class ChatJson {
    /// Tells an export of this server from any other.
    static final String FORMAT = "runnel/1";

    private ChatJson() {}

    static ObjectNode row(Chat chat) {
        return Json.object().put("id", chat.id()).put("title", chat.title()).put("model", chat.model().orElse(null))
                .put("pinned", chat.pinned()).put("archived", chat.archived())
                .put("created", chat.created()).put("updated", chat.updated());
    }

    static ObjectNode whole(Chat chat, List<ObjectNode> messages) {
        var object = row(chat).put("system", chat.system());
        object.putArray("messages").addAll(messages);
        return object;
    }

    static ObjectNode message(Message message) {
        var object = Json.object().put("id", message.id()).put("role", message.role().wire())
                .put("content", message.content()).put("reasoning", message.reasoning()).put("status", message.status().wire())
                .put("parent", message.parent().orElse(null)).put("model", message.model().orElse(null));
        object.set("usage", message.end().flatMap(End::usage).<JsonNode>map(EventJson::usage).orElse(null));
        object.put("created", message.created());
        object.put("finish_reason", message.end().flatMap(End::finishReason).orElse(null));
        object.set("error", message.end().flatMap(End::error).<JsonNode>map(Problems::json).orElse(null));
        return message.omitted() == 0 ? object : object.put("omitted", message.omitted());
    }
}
