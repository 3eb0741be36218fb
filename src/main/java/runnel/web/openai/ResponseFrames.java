package runnel.web.openai;

import com.fasterxml.jackson.databind.node.ObjectNode;
import runnel.chat.Run.Kind;
import runnel.chat.Slice;
import runnel.chat.Snapshot;
import runnel.web.http.Json;
import runnel.web.openai.ResponseEvent.Step;
import runnel.web.stream.Frame;

/// The events of a response as `text/event-stream`, each with the fields that OpenAI's SDKs and the Open Responses specification
/// want.
final class ResponseFrames {
    private static final String END = "}\n\n";
    private static final String DONE = "data: [DONE]\n\n";

    private final ResponseJson json;
    /// What a delta of the run begins with.
    private String delta = "";
    private int deltaRun = -1;

    ResponseFrames(ResponseJson json) {
        this.json = json;
    }

    void write(Frame out, ResponseEvent event, Snapshot text) {
        if (event.step() == Step.DELTA) {
            delta(out, event, text);
            return;
        }
        var name = name(event.step(), text, event.run());
        var data = data(event, text).put("type", name).put("sequence_number", event.number());
        out.ascii("event: ").ascii(name).ascii("\ndata: ").bytes(Json.bytes(data)).ascii("\n\n");
        if (event.step() == Step.END) {
            out.ascii(DONE);
        }
    }

    private void delta(Frame out, ResponseEvent event, Snapshot text) {
        if (deltaRun != event.run()) {
            deltaRun = event.run();
            var name = name(Step.DELTA, text, deltaRun);
            var data = Json.write(item(text, deltaRun).put("type", name));
            delta = "event: " + name + "\ndata: " + data.substring(0, data.length() - 1) + ",\"sequence_number\":";
        }
        out.ascii(delta).number(event.number()).ascii(",\"delta\":").quoted(new Slice(text.bytes(), event.from(), event.to())).ascii(END);
    }

    private static String name(Step step, Snapshot text, int run) {
        return "response." + switch (step) {
            case NONE, CREATED -> "created";
            case IN_PROGRESS -> "in_progress";
            case ITEM_ADDED -> "output_item.added";
            case PART_ADDED -> "content_part.added";
            case DELTA -> word(text, run) + ".delta";
            case TEXT_DONE -> word(text, run) + ".done";
            case PART_DONE -> "content_part.done";
            case ITEM_DONE -> "output_item.done";
            case END -> ResponseJson.lastEvent(text.end().orElseThrow()).substring("response.".length());
        };
    }

    private static String word(Snapshot text, int run) {
        return switch (text.runs().kind(run)) {
            case REASONING -> "reasoning_text";
            case TEXT -> "output_text";
            case REFUSAL -> "refusal";
            case FUNCTION_CALL -> "function_call_arguments";
        };
    }

    private ObjectNode data(ResponseEvent event, Snapshot text) {
        int run = event.run();
        return switch (event.step()) {
            case NONE, CREATED, IN_PROGRESS -> object("response", json.begun());
            case END -> object("response", json.now(text));
            case ITEM_ADDED -> object("item", json.emptyItem(text, run)).put("output_index", run);
            case ITEM_DONE -> object("item", json.item(text, run)).put("output_index", run);
            case PART_ADDED -> withPart(event, text, "");
            case PART_DONE -> withPart(event, text, said(event, text));
            case DELTA, TEXT_DONE -> done(item(text, run), event, text);
        };
    }

    private static ObjectNode object(String name, ObjectNode value) {
        return Json.object().set(name, value);
    }

    private ObjectNode withPart(ResponseEvent event, Snapshot text, String said) {
        var data = item(text, event.run());
        data.remove("logprobs");
        return data.set("part", ResponseJson.part(text.runs().kind(event.run()), said));
    }

    private static ObjectNode done(ObjectNode data, ResponseEvent event, Snapshot text) {
        return switch (text.runs().kind(event.run())) {
            case REASONING, TEXT -> data.put("text", said(event, text));
            case REFUSAL -> data.put("refusal", said(event, text));
            case FUNCTION_CALL -> data.put("arguments", said(event, text))
                    .put("name", runnel.chat.FunctionCall.of(text.run(event.run()).text()).name());
        };
    }

    private static String said(ResponseEvent event, Snapshot text) {
        return new Slice(text.bytes(), event.from(), event.to()).toString();
    }

    /// Which item, and which part of it.
    private ObjectNode item(Snapshot text, int run) {
        var data = Json.object().put("item_id", json.itemId(text, run)).put("output_index", run);
        var kind = text.runs().kind(run);
        if (kind != Kind.FUNCTION_CALL) {
            data.put("content_index", 0);
        }
        if (kind == Kind.TEXT) {
            data.putArray("logprobs");
        }
        return data;
    }
}
