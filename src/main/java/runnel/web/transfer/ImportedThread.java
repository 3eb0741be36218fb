package runnel.web.transfer;

import static runnel.web.transfer.ImportedText.some;
import static runnel.web.transfer.ImportedText.time;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import runnel.chat.Chat;
import runnel.chat.Preset;
import runnel.chat.Role;
import runnel.store.transfer.ImportedChat;
import runnel.store.transfer.ImportedMessage;

/// The messages of an export as they are gathered, in any order. What is neither prompt nor reply (a system message, a
/// tool's) is left out, and what stood under it goes under its nearest ancestor that is there.
final class ImportedThread {
    private static final int MAX_THOUGHTS = 20;

    private final Map<String, ImportedMessage> messages = new HashMap<>();
    private final Map<String, String> parents = new HashMap<>();
    private final List<String> order = new ArrayList<>();
    /// Of messages that say nothing else: they belong to the first reply that comes of them.
    private final Map<String, String> thoughts = new HashMap<>();
    private String open = "";

    void add(String id, Optional<String> parent, String role, ImportedText whole, JsonNode model, JsonNode created) {
        var text = role.equals("assistant") ? whole.thoughtsApart() : whole;
        parent.ifPresent(above -> parents.put(id, above));
        if (text.content().isBlank()) {
            thoughts.put(id, text.reasoning());
            return;
        }
        role(role).ifPresent(kind -> {
            order.add(id);
            var log = text.behind(kind == Role.USER ? "" : thoughtsAbove(parent));
            messages.put(id, new ImportedMessage(id, Optional.empty(), kind, log, named(model), time(created)));
        });
    }

    /// Files beside a message that was added.
    void attach(String id, List<String> files) {
        messages.computeIfPresent(id, (_, message) -> message.with(files));
    }

    /// The message that was shown last.
    void open(String id) {
        open = id;
    }

    private String thoughtsAbove(Optional<String> parent) {
        var found = new ArrayDeque<String>();
        var above = parent;
        for (int i = 0; i < MAX_THOUGHTS && above.filter(thoughts::containsKey).isPresent(); i++) {
            found.addFirst(thoughts.remove(above.get()));
            above = Optional.ofNullable(parents.get(above.get()));
        }
        return ImportedText.joined(List.copyOf(found));
    }

    private static Optional<Role> role(String name) {
        return switch (name) {
            case "user" -> Optional.of(Role.USER);
            case "assistant" -> Optional.of(Role.ASSISTANT);
            default -> Optional.empty();
        };
    }

    ImportedChat chat(JsonNode title, JsonNode model, JsonNode system, JsonNode created) {
        var ordered = new ArrayList<ImportedMessage>();
        var placed = new HashSet<String>();
        var newest = Optional.of(open).filter(messages::containsKey).or(() -> nearestAbove(open)); // which a chat opens with
        order.stream().filter(id -> !newest.equals(Optional.of(id))).forEach(id -> place(id, placed, ordered));
        newest.ifPresent(id -> place(id, placed, ordered));
        var first = ordered.isEmpty() ? "Empty chat" : ordered.getFirst().text().contentText();
        var name = Chat.titleFor(some(title).orElse(first));
        return new ImportedChat(name, named(model), some(system).filter(text -> text.length() <= Preset.MAX_TEXT), time(created), ordered);
    }

    /// A model's name, where it is one that can be chosen.
    private static Optional<String> named(JsonNode model) {
        return some(model).filter(name -> name.length() <= PresetJson.MAX_MODEL);
    }

    /// Puts a message behind its parent, and that one behind its own; a circle is cut where it closes.
    private void place(String id, Set<String> placed, List<ImportedMessage> ordered) {
        var line = new ArrayDeque<ImportedMessage>();
        var next = Optional.of(id);
        while (next.isPresent() && placed.add(next.get())) {
            var message = messages.get(next.get());
            next = nearestAbove(message.id());
            line.addFirst(message.under(next));
        }
        var above = next;
        if (line.stream().anyMatch(message -> above.equals(Optional.of(message.id())))) {
            line.addFirst(line.removeFirst().under(Optional.empty()));
        }
        ordered.addAll(line);
    }

    private Optional<String> nearestAbove(String id) {
        var seen = new HashSet<String>();
        var above = parents.get(id);
        while (above != null && !messages.containsKey(above) && seen.add(above)) {
            above = parents.get(above);
        }
        var found = Optional.ofNullable(above).filter(messages::containsKey);
        seen.forEach(passed -> parents.put(passed, found.orElse(null))); // else a long line is walked again for each below it
        return found;
    }
}
