package runnel.upstream.openai;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import okio.Buffer;
import okio.BufferedSource;
import okio.ForwardingSource;
import okio.Okio;
import runnel.chat.Usage;
import runnel.upstream.UpstreamException;

/// An answer of `POST /responses` in the words of chat completions: its events as chunks, or the whole as one `chat.completion`.
final class ResponseAsChat extends ForwardingSource {
    private final BufferedSource source;
    private final boolean events;
    private final CompletionJson form;
    private final ResponseEvents reader = new ResponseEvents();
    /// The calls so far, by their places in the output.
    private final List<Integer> calls = new ArrayList<>();
    private final Buffer ready = new Buffer();
    private boolean begun;
    private boolean over;

    private ResponseAsChat(BufferedSource source, boolean events, String model) {
        super(source);
        this.source = source;
        this.events = events;
        this.form = new CompletionJson("chatcmpl-" + UUID.randomUUID(), System.currentTimeMillis() / 1_000, model);
    }

    /// @param events whether it streams
    static BufferedSource of(BufferedSource answer, boolean events, String model) {
        return Okio.buffer(new ResponseAsChat(events ? Okio.buffer(new EventLines(answer)) : answer, events, model));
    }

    @Override
    public long read(Buffer sink, long byteCount) throws IOException {
        while (ready.exhausted() && !over) {
            if (events) {
                event();
            } else {
                ready.writeUtf8(completion(read(source.readUtf8())).toString());
                over = true;
            }
        }
        return ready.read(sink, byteCount);
    }

    private void event() throws IOException {
        var data = new StringBuilder();
        for (var line = source.readUtf8LineStrict(); !line.isEmpty(); line = source.readUtf8LineStrict()) {
            data.append(line.startsWith("data:") ? line.substring("data:".length()) : "");
        }
        if (EventData.of(data.toString().strip()) == EventData.ANSWER) {
            chunks(read(data.toString()));
        }
    }

    private Chunk read(String json) throws IOException {
        var chunk = reader.read(JsonCodec.MAPPER.readTree(json));
        chunk.complaint().ifPresent(why -> {
            throw new UpstreamException(UpstreamProblems.ofComplaint(why));
        });
        return chunk;
    }

    private void chunks(Chunk chunk) {
        var delta = message(chunk);
        if (!chunk.calls().isEmpty()) {
            var list = delta.putArray("tool_calls");
            chunk.calls().forEach(call -> list.add(toolCall(call).put("index", index(call))));
        }
        if (!delta.isEmpty()) {
            write(form.choice("chat.completion.chunk", "delta", begun ? delta : delta.put("role", "assistant"), ""));
            begun = true;
        }
        chunk.finishReason().ifPresent(reason -> {
            var last = form.choice("chat.completion.chunk", "delta", JsonCodec.MAPPER.createObjectNode(), reason.wire());
            write(withUsage(last, chunk.usage()));
            ready.writeUtf8("data: [DONE]\n\n");
            over = true;
        });
    }

    private void write(ObjectNode chunk) {
        ready.writeUtf8("data: " + chunk + "\n\n");
    }

    private ObjectNode completion(Chunk whole) throws IOException {
        var message = message(whole).put("role", "assistant");
        if (!message.has("content")) {
            message.putNull("content");
        }
        if (!whole.calls().isEmpty()) {
            var list = message.putArray("tool_calls");
            whole.calls().forEach(call -> list.add(toolCall(call)));
        }
        var reason = whole.finishReason().orElseThrow(() -> new EOFException("a response that has not ended"));
        return withUsage(form.choice("chat.completion", "message", message, reason.wire()), whole.usage());
    }

    private static ObjectNode message(Chunk chunk) {
        var json = JsonCodec.MAPPER.createObjectNode();
        put(json, "reasoning_content", chunk.piece().reasoning());
        put(json, "content", chunk.piece().content());
        put(json, "refusal", chunk.piece().refusal());
        return json;
    }

    private static void put(ObjectNode json, String name, String text) {
        if (!text.isEmpty()) {
            json.put(name, text);
        }
    }

    private static ObjectNode toolCall(Chunk.Call call) {
        var json = JsonCodec.MAPPER.createObjectNode();
        put(json, "id", call.id());
        put(json, "type", call.id().isEmpty() ? "" : "function");
        put(json.putObject("function").put("arguments", call.arguments()), "name", call.name());
        return json;
    }

    private int index(Chunk.Call call) {
        int known = call.index() == Chunk.Call.WHOLE ? -1 : calls.indexOf(call.index());
        if (known < 0) {
            calls.add(call.index());
        }
        return known < 0 ? calls.size() - 1 : known;
    }

    private static ObjectNode withUsage(ObjectNode json, Optional<Usage> usage) {
        return usage.map(cost -> CompletionJson.withUsage(json, cost)).orElse(json);
    }
}
