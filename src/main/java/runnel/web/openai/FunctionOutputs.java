package runnel.web.openai;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import runnel.chat.FunctionCall;
import runnel.chat.Parent;
import runnel.chat.Refused;
import runnel.chat.Snapshot;
import runnel.chat.Status;
import runnel.reply.Replies;
import runnel.reply.ReplyText;
import runnel.store.Database;
import runnel.store.chat.Messages;
import runnel.store.reply.NewPrompt;
import runnel.web.http.OpenAiError;

/// Looks whether the calls of functions and their outputs belong together, as model servers want it: each output stands behind its
/// call, and a call of the reply that is gone on from, or of the input, has its output in the input.
record FunctionOutputs(Database database, Replies replies) {
    /// @throws Refused where they do not
    void check(NewPrompt prompt, JsonNode input) {
        var before = before(prompt);
        var open = new LinkedHashSet<>(before.map(text -> called(text.now())).orElseGet(List::of));
        var known = new HashSet<>(open);
        boolean looked = false;
        for (var item : input) {
            var id = item.path("call_id").asText();
            if (item.path("type").asText().equals("function_call")) {
                open.add(id);
                known.add(id);
            } else if (item.has("call_id")) {
                if (!known.contains(id) && !looked) {
                    known.addAll(before.map(this::above).orElseGet(Set::of));
                    looked = true;
                }
                require(known.contains(id), "No tool call found for function call output with call_id " + id + ".");
                open.remove(id);
            }
        }
        require(open.isEmpty(), "No tool output found for function call " + (open.isEmpty() ? "" : open.getFirst()) + ".");
    }

    private static void require(boolean right, String message) {
        if (!right) {
            throw OpenAiError.invalid("input", message);
        }
    }

    private Optional<ReplyText> before(NewPrompt prompt) {
        return (switch (prompt.parent()) {
            case Parent.Id(var id) -> Optional.of(id);
            case Parent.Newest _ -> prompt.chat().flatMap(chat -> Messages.newest(database, chat));
            case Parent.None _ -> Optional.<String>empty();
        }).flatMap(id -> replies.find(prompt.owner(), id));
    }

    /// Nobody can answer a call that was cut off.
    private static List<String> called(Snapshot reply) {
        boolean whole = reply.end().filter(end -> end.status() == Status.COMPLETE && !end.finishReason().equals(Optional.of("length")))
                .isPresent();
        return whole ? FunctionCall.in(reply).stream().map(FunctionCall::id).toList() : List.of();
    }

    /// All calls that lead to a reply, by it and in what was sent; of a long conversation, one message is in memory at a time.
    private Set<String> above(ReplyText text) {
        return Messages.branch(database, text.reply().chat(), text.reply().id()).flatMap(message ->
                Stream.concat(FunctionCall.in(message.text()).stream().map(FunctionCall::id),
                        InputItems.sent(database, message.id(), "call_id"))).collect(Collectors.toSet());
    }
}
