package runnel.web.stream;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import runnel.chat.Notification;
import runnel.chat.Notification.Announcement;
import runnel.chat.Notification.ChatsChanged;
import runnel.chat.Notification.ReplyFinished;
import runnel.chat.Notification.Resync;
import runnel.web.http.Json;

/// The data of `notification` events.
final class NotificationJson {
    static final String NAME = "notification";

    private NotificationJson() {}

    static ObjectNode data(Notification told) {
        return switch (told) {
            case Resync _ -> kind("resync");
            case ReplyFinished(var chat, var reply, var title, var status, var seconds) -> kind("reply-finished")
                    .put("chat", chat).put("reply", reply).put("title", title).put("status", status.wire()).put("seconds", seconds);
            case ChatsChanged(var chat, var change) -> kind("chats-changed")
                    .put("chat", chat).put("change", change.name().toLowerCase(Locale.ROOT));
            case Announcement(var text) -> kind("announcement").put("text", text);
        };
    }

    private static ObjectNode kind(String kind) {
        return Json.object().put("kind", kind);
    }
}
