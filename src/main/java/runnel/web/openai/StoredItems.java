package runnel.web.openai;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import runnel.chat.Slice;
import runnel.reply.Replies;
import runnel.reply.ReplyText;
import runnel.store.Database;
import runnel.store.chat.Chats;
import runnel.store.chat.Messages;
import runnel.store.reply.Responses;
import runnel.web.http.Json;
import runnel.web.http.OpenAiError;

/// The items of a user's stored responses, for one request that refers to some of them by their ids.
final class StoredItems implements ResponseRequest.KnownItems {
    private final Database database;
    private final Replies replies;
    private final String owner;
    private final Set<String> referred = new HashSet<>();
    private Optional<Set<String>> before = Optional.empty();
    /// The one that was found last, since a client refers to all items of a response.
    private Optional<ReplyText> found = Optional.empty();

    StoredItems(Database database, Replies replies, String owner) {
        this.database = database;
        this.replies = replies;
        this.owner = owner;
    }

    /// What stands in the conversation that is gone on with, or what an input there referred to, is not said again.
    @Override
    public ObjectNode find(String id, Optional<String> previous, Optional<String> chat) {
        if (!referred.add(id)) {
            throw OpenAiError.invalid("input", "Duplicate item found with id " + id + ". Remove duplicate items from your input and try again.");
        }
        var item = ResponseId.item(id);
        var known = item.flatMap(each -> find(id, each)).orElseThrow(() -> OpenAiError.of(404, "not-found", "input", "Item with id '" + id
                + "' not found. Items are not persisted when `store` is set to false. Try again with `store` set to true, or remove this"
                + " item from your input."));
        before = before.or(() -> Optional.of(before(previous, chat)));
        return before.get().contains(item.get().of()) || before.get().contains(id) ? Json.object().put("type", "reasoning") : known;
    }

    private Optional<ObjectNode> find(String id, ResponseId.Item item) {
        found = found.filter(text -> text.reply().id().equals(item.of())).or(() -> replies.find(owner, item.of()));
        return found.map(text -> ofReply(text, item.number())).orElseGet(() -> ofPrompt(item.of()).valueStream()
                .map(ObjectNode.class::cast).skip(item.number()).findFirst()).filter(known -> known.get("id").asText().equals(id));
    }

    private static Optional<ObjectNode> ofReply(ReplyText text, int run) {
        var now = text.now();
        var json = new ResponseJson(text.reply(), Json.object(), Optional.empty(), true, Optional::empty);
        return now.end().isPresent() && run < now.runs().count() ? Optional.of(json.item(now, run, Slice::toString)) : Optional.empty();
    }

    /// The items of a prompt, with ids of their own; none where there is no such prompt.
    ArrayNode ofPrompt(String id) {
        return new Responses(database).prompt(owner, id).map(prompt -> InputItems.listed(
                prompt.input().map(written -> (ArrayNode) Json.read(written))
                        .orElseGet(() -> InputItems.ofText(prompt.text(), Messages.beside(database, id))), id))
                .orElseGet(() -> Json.object().putArray("items"));
    }

    private Set<String> before(Optional<String> previous, Optional<String> chat) {
        return previous.flatMap(ResponseId.RESPONSE::read).flatMap(id -> replies.find(owner, id))
                .map(text -> path(text.reply().chat(), text.reply().id()))
                .or(() -> chat.flatMap(ResponseId.CONVERSATION::read).flatMap(new Chats(database, owner)::find)
                        .flatMap(each -> Messages.newest(database, each.id()).map(last -> path(each.id(), last)))).orElseGet(Set::of);
    }

    private Set<String> path(String chat, String last) {
        return database.read(sql -> Messages.path(sql, chat, last)).stream().map(Messages.Step::id).flatMap(id ->
                Stream.concat(Stream.of(id), InputItems.sent(database, id, "id"))).collect(Collectors.toSet());
    }
}
