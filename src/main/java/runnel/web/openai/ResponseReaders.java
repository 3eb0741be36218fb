package runnel.web.openai;

import io.javalin.http.Context;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import runnel.account.Credential;
import runnel.reply.Replies;
import runnel.reply.ReplyText;
import runnel.web.openai.ResponseRequest.Mode;
import runnel.web.stream.Streams;

/// Who reads responses. Whoever asked for one that does not run in the background, and leaves, does not want it any more. One that
/// was asked for several times, as by a retry whose first connection died unnoticed, is cancelled when the last of them leaves.
public final class ResponseReaders {
    private final Replies replies;
    private final Streams streams;
    /// Those who asked for a response, by its reply's id; guarded by this.
    private final Map<String, Set<Object>> asking = new HashMap<>();

    public ResponseReaders(Replies replies, Streams streams) {
        this.replies = replies;
        this.streams = streams;
    }

    Streams.Permit admit(Credential credential) {
        return streams.admit(credential);
    }

    void open(Context ctx, Streams.Permit permit, ReplyText text, ResponsePlace place, ResponseJson json, Mode mode) {
        var reader = new Object();
        if (!mode.background()) {
            come(text.reply().id(), reader);
        }
        try {
            permit.open(new ResponseSource(text, place, json, gone -> left(text, reader, gone)),
                    () -> new ResponseWire(ctx, mode.stream(), text::now, json));
        } catch (RuntimeException | Error refused) {
            left(text, reader, false);
            throw refused;
        }
    }

    private synchronized void come(String reply, Object reader) {
        asking.computeIfAbsent(reply, _ -> new HashSet<>()).add(reader);
    }

    private void left(ReplyText text, Object reader, boolean gone) {
        var reply = text.reply().id();
        if (wasLast(reply, reader) && gone && text.now().end().isEmpty()) {
            Thread.startVirtualThread(() -> replies.stopAll(running -> running.id().equals(reply)));
        }
    }

    /// @return nothing of one that did not ask for it, or has left before
    private synchronized boolean wasLast(String reply, Object reader) {
        var others = asking.getOrDefault(reply, Set.of());
        return others.contains(reader) && others.remove(reader) && others.isEmpty() && asking.remove(reply) != null;
    }
}
