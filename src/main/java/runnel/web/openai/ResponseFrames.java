package runnel.web.openai;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.UUID;
import runnel.chat.FunctionCall;
import runnel.chat.Run.Kind;
import runnel.chat.Slice;
import runnel.chat.Snapshot;
import runnel.web.http.Json;
import runnel.web.openai.ResponseEvent.Step;
import runnel.web.stream.Frame;

/// The events of a response as `text/event-stream`, each with the fields that OpenAI's SDKs and the Open Responses specification
/// want. The last ones tell the whole text again; it goes out in pieces, so that nobody who reads slowly holds a copy of it.
final class ResponseFrames {
    private static final String DONE = "data: [DONE]\n\n";
    /// Stands for a text in JSON until that is written.
    private static final String TEXT = "text-" + UUID.randomUUID();

    private final ResponseJson json;
    /// What an event is still to say: in turn what stands between the texts, and a text.
    private final Queue<Slice> texts = new ArrayDeque<>();
    private String left = "";
    private Slice text = new Slice(new byte[0], 0, 0);
    /// What a delta of the run begins with.
    private String delta = "";
    private int deltaRun = -1;

    ResponseFrames(ResponseJson json) {
        this.json = json;
    }

    void add(Frame out, ResponseEvent event, Snapshot now) {
        if (event.step() == Step.DELTA) {
            delta(out, event, now);
            return;
        }
        var name = name(event.step(), now, event.run());
        var data = data(event, now).put("type", name).put("sequence_number", event.number());
        left = "event: " + name + "\ndata: " + Json.write(data) + "\n\n" + (event.step() == Step.END ? DONE : "");
    }

    /// Whether there is nothing of an event that was added which has not been written.
    boolean isEmpty() {
        return left.isEmpty() && text.length() == 0;
    }

    /// Writes more of the event, some `most` bytes of text at most.
    void write(Frame out, int most) {
        if (text.length() > 0) {
            int end = text.to() - text.from() <= most ? text.to() : text.from() + most;
            out.escaped(new Slice(text.bytes(), text.from(), end));
            text = new Slice(text.bytes(), end, text.to());
            return;
        }
        int next = texts.isEmpty() ? left.length() : left.indexOf(TEXT);
        out.bytes(left.substring(0, next).getBytes(StandardCharsets.UTF_8));
        left = left.substring(Math.min(left.length(), next + TEXT.length()));
        text = texts.isEmpty() ? text : texts.remove();
    }

    private String say(Slice said) {
        texts.add(said);
        return TEXT;
    }

    private void delta(Frame out, ResponseEvent event, Snapshot now) {
        if (deltaRun != event.run()) {
            deltaRun = event.run();
            var name = name(Step.DELTA, now, deltaRun);
            var data = Json.write(item(now, deltaRun).put("type", name));
            delta = "event: " + name + "\ndata: " + data.substring(0, data.length() - 1) + ",\"sequence_number\":";
        }
        out.ascii(delta).number(event.number()).ascii(",\"delta\":").quoted(new Slice(now.bytes(), event.from(), event.to()))
                .ascii("}\n\n");
    }

    private static String name(Step step, Snapshot now, int run) {
        return switch (step) {
            case NONE, CREATED -> "response.created";
            case IN_PROGRESS -> "response.in_progress";
            case ITEM_ADDED -> "response.output_item.added";
            case PART_ADDED -> "response.content_part.added";
            case DELTA -> "response." + word(now, run) + ".delta";
            case TEXT_DONE -> "response." + word(now, run) + ".done";
            case PART_DONE -> "response.content_part.done";
            case ITEM_DONE -> "response.output_item.done";
            case END -> ResponseJson.lastEvent(now.end().orElseThrow());
        };
    }

    private static String word(Snapshot now, int run) {
        return switch (now.runs().kind(run)) {
            case REASONING -> "reasoning_text";
            case TEXT -> "output_text";
            case REFUSAL -> "refusal";
            case FUNCTION_CALL -> "function_call_arguments";
        };
    }

    private ObjectNode data(ResponseEvent event, Snapshot now) {
        int run = event.run();
        return switch (event.step()) {
            case NONE, CREATED, IN_PROGRESS -> object("response", json.begun());
            case END -> object("response", json.now(now, this::say));
            case ITEM_ADDED -> object("item", json.emptyItem(now, run)).put("output_index", run);
            case ITEM_DONE -> object("item", json.item(now, run, this::say)).put("output_index", run);
            case PART_ADDED -> withPart(now, run, "");
            case PART_DONE -> withPart(now, run, say(ResponseJson.said(now, run)));
            case DELTA, TEXT_DONE -> withText(now, run, say(ResponseJson.said(now, run)));
        };
    }

    private static ObjectNode object(String name, ObjectNode value) {
        return Json.object().set(name, value);
    }

    private ObjectNode withPart(Snapshot now, int run, String said) {
        var data = item(now, run);
        data.remove("logprobs");
        return data.set("part", ResponseJson.part(now.runs().kind(run), said));
    }

    private ObjectNode withText(Snapshot now, int run, String said) {
        var data = item(now, run);
        return switch (now.runs().kind(run)) {
            case REASONING, TEXT -> data.put("text", said);
            case REFUSAL -> data.put("refusal", said);
            case FUNCTION_CALL -> data.put("arguments", said).put("name", FunctionCall.of(now.run(run).text()).name());
        };
    }

    /// Which item, and which part of it.
    private ObjectNode item(Snapshot now, int run) {
        var data = Json.object().put("item_id", json.itemId(now, run)).put("output_index", run);
        var kind = now.runs().kind(run);
        if (kind != Kind.FUNCTION_CALL) {
            data.put("content_index", 0);
        }
        if (kind == Kind.TEXT) {
            data.putArray("logprobs");
        }
        return data;
    }
}
