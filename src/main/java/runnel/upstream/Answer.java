package runnel.upstream;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.util.Optional;
import okhttp3.MediaType;
import okhttp3.Response;
import okhttp3.sse.EventSource;
import okhttp3.sse.EventSourceListener;
import okhttp3.sse.EventSources;
import runnel.chat.Problem;
import runnel.chat.Usage;

/// One answer while it is read, from server-sent events (WHATWG HTML, section 9.2) or from one JSON document. What it
/// holds in the end is how far the answer came; whether somebody cut it short is for [OpenAiCall] to say.
final class Answer extends EventSourceListener {
    private static final MediaType EVENTS = MediaType.get("text/event-stream");

    private final Sink sink;
    private final Line line;
    private final DeltaScanner scanner = new DeltaScanner();
    private MeteredBody body;
    private boolean begun;
    private String finishReason = "";
    private Optional<Usage> usage = Optional.empty();
    private Optional<Problem> problem = Optional.empty();
    private RuntimeException fromSink;

    /// What an answer comes over.
    interface Line {
        /// The model has said that it is done, so only what belongs to the end may still come, and soon.
        void finishing();

        /// The server has put an error into its answer.
        void complained(Complaint complaint);

        /// The stream has broken.
        void failed(Throwable failure);

        /// Nothing more is wanted.
        void hangUp();
    }

    Answer(Sink sink, Line line) {
        this.sink = sink;
        this.line = line;
    }

    void read(Response response) {
        MediaType type = response.body().contentType();
        String kind = type == null ? "" : type.subtype();
        switch (kind) {
            case "event-stream", "plain", "octet-stream", "" -> readEvents(response);
            case "json" -> readWhole(response);
            default -> fail(Faults.NOT_AN_API);
        }
        if (fromSink != null) {
            throw fromSink;
        }
    }

    Outcome outcome() {
        if (problem.isPresent()) {
            return new Outcome.Failed(problem.get(), usage);
        }
        if (finishReason.isEmpty()) {
            return new Outcome.Failed(begun ? Faults.BROKEN_OFF : Faults.EMPTY, usage);
        }
        return new Outcome.Complete(finishReason, usage);
    }

    private void readEvents(Response response) {
        body = new MeteredBody(response.body(), EVENTS);
        EventSources.processResponse(response.newBuilder().body(body).build(), this);
    }

    private void readWhole(Response response) {
        body = new MeteredBody(response.body(), null);
        try {
            Chunk whole = ChunkReader.read(body.string());
            take(whole);
            if (finishReason.isEmpty()) {
                finishReason = "stop";
            }
            if (!whole.saysAnything()) {
                fail(Faults.NOT_AN_API);
            }
        } catch (JsonProcessingException e) {
            fail(Faults.MALFORMED);
        } catch (IOException | IllegalArgumentException e) {
            fail(Diagnosis.ofReading(e));
        }
    }

    @Override
    public void onEvent(EventSource source, String id, String type, String data) {
        body.eventWasRead();
        if (data.startsWith("[DONE]")) {
            finishReason = finishReason.isEmpty() ? "stop" : finishReason;
            source.cancel();
        } else if ("error".equals(type)) {
            complain(Complaint.read(data));
        } else {
            event(data);
        }
        if (problem.isPresent()) {
            source.cancel(); // there may be more events in memory
        }
    }

    private void event(String data) {
        try {
            Optional<Chunk> common = scanner.scan(data);
            take(common.isPresent() ? common.get() : ChunkReader.read(data));
        } catch (JsonProcessingException e) {
            fail(Faults.MALFORMED);
        }
    }

    private void take(Chunk chunk) {
        begun = true;
        deliver(chunk);
        if (chunk.usage().isPresent()) {
            usage = chunk.usage();
        }
        if (chunk.complaint().isPresent()) {
            complain(chunk.complaint().get());
        }
        if (chunk.finishReason().isPresent() && finishReason.isEmpty()) {
            finish(chunk.finishReason().get());
        }
    }

    private void finish(String reason) {
        if (reason.equals("error")) { // OpenRouter's word for a model that failed midway
            fail(Faults.ERROR);
            return;
        }
        finishReason = reason;
        line.finishing();
    }

    /// OkHttp takes what a listener throws for a failure of the stream, so it is kept until the stream is closed.
    private void deliver(Chunk chunk) {
        try {
            if (!chunk.reasoning().isEmpty()) {
                sink.reasoning(chunk.reasoning());
            }
            if (!chunk.content().isEmpty()) {
                sink.content(chunk.content());
            }
        } catch (RuntimeException e) {
            fromSink = e;
            line.hangUp();
            throw e;
        }
    }

    private void complain(Complaint complaint) {
        line.complained(complaint);
        fail(Diagnosis.ofComplaint(complaint));
    }

    private void fail(Problem why) {
        if (problem.isEmpty()) {
            problem = Optional.of(why);
        }
        line.hangUp();
    }

    @Override
    public void onFailure(EventSource source, Throwable failure, Response response) {
        if (fromSink == null && problem.isEmpty() && finishReason.isEmpty()) {
            line.failed(failure);
            problem = Optional.of(Diagnosis.ofReading(failure));
            line.hangUp(); // else OkHttp reads on for 100 ms before it closes, which can be a hundred megabytes
        }
    }
}
