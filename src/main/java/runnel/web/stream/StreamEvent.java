package runnel.web.stream;

import runnel.chat.ReplyEvent;
import runnel.store.chat.Notifications;

/// An event on its way to a reader: an id, a name and one line of JSON on every transport, which [EventJson] tells.
sealed interface StreamEvent {
    record OfReply(ReplyEvent event) implements StreamEvent {}

    record OfFeed(Notifications.Entry entry) implements StreamEvent {}
}
