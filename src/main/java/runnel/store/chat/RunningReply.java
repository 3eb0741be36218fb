package runnel.store.chat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import runnel.chat.Refused;
import runnel.chat.Reply;
import runnel.store.Sql;

/// A reply that runs in a chat. Several do only where they answer the same prompt, each by another model.
///
/// @param prompt nothing where it is not there, as above what was imported without it
public record RunningReply(String id, Optional<String> prompt, Optional<String> model) {
    /// How many models may answer a prompt at once.
    public static final int MAX_BESIDE = 4;

    private boolean isBeside(Reply reply) {
        return prompt.isPresent() && prompt.get().equals(reply.prompt()) && model.filter(reply.model()::equals).isEmpty();
    }

    private static List<RunningReply> in(Sql sql, String chat) {
        return sql.list("select id, parent, model from message where chat = ? and status = 'streaming' order by id",
                row -> new RunningReply(row.text("id"), row.optionalText("parent"),
                        row.optionalText("model")), chat);
    }

    public static List<String> idsIn(Sql sql, String chat) {
        return in(sql, chat).stream().map(RunningReply::id).toList();
    }

    /// @throws Refused where any of those messages is a reply that runs
    public static void refuseAmong(Sql sql, String chat, Set<String> ids) {
        idsIn(sql, chat).stream().filter(ids::contains).findFirst().ifPresent(RunningReply::refuse);
    }

    /// @throws Refused where a reply runs in the chat that cannot run beside this one: it answers another prompt, or is by the same
    ///                 model, or one too many
    public static void refuseFor(Sql sql, Reply reply) {
        var running = in(sql, reply.chat());
        running.stream().filter(other -> !other.isBeside(reply) || running.size() >= MAX_BESIDE).findFirst()
                .map(RunningReply::id).ifPresent(RunningReply::refuse);
    }

    public static void refuse(String reply) {
        throw Refused.conflict("chat-busy", "This chat is still answering. Wait for the reply, or stop it.", Map.of("reply", reply));
    }
}
