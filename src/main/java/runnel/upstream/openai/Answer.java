package runnel.upstream.openai;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.Locale;
import java.util.Optional;
import runnel.chat.Problem;
import runnel.chat.Usage;
import runnel.upstream.Outcome;
import runnel.upstream.Sink;

/// One answer while it is read, from server-sent events (WHATWG HTML, section 9.2) or from one JSON document. What it
/// holds in the end is how far the answer came; whether somebody cut it short is for [OpenAiCall] to say.
///
/// Whoever carries it calls its methods one after the other, until [#isOver]; none of them throws.
final class Answer {
    private final Sink sink;
    private final Line line;
    private boolean begun;
    private boolean done;
    private String finishReason = "";
    private Optional<Usage> usage = Optional.empty();
    private Optional<Problem> problem = Optional.empty();
    private Throwable fromSink;

    /// What an answer comes over.
    interface Line {
        /// The model has said that it is done, so only what belongs to the end may still come, and soon.
        void finishing();

        /// The server has put an error into its answer.
        void complained(ErrorBody errorBody);

        /// The stream has broken.
        void failed(Throwable failure);
    }

    /// What an answer is written as.
    enum Form {
        EVENTS, DOCUMENT, FOREIGN;

        /// @param contentType the header of that name, or empty
        static Form of(String contentType) {
            String type = contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
            return switch (type.substring(type.indexOf('/') + 1)) {
                case "event-stream", "plain", "octet-stream", "" -> EVENTS;
                case "json" -> DOCUMENT;
                default -> FOREIGN;
            };
        }
    }

    Answer(Sink sink, Line line) {
        this.sink = sink;
        this.line = line;
    }

    /// Whether nothing more is wanted.
    boolean isOver() {
        return done || hasFailed();
    }

    /// Whether what still comes is worth nothing, so that the connection should be closed at once.
    boolean hasFailed() {
        return problem.isPresent() || fromSink != null;
    }

    /// How it ended, once nothing more comes. Throws what the sink threw.
    Outcome outcome() {
        switch (fromSink) {
            case null -> {}
            case RuntimeException failure -> throw failure;
            case Error error -> throw error;
            default -> throw new IllegalStateException(fromSink);
        }
        if (problem.isPresent()) {
            return new Outcome.Failed(problem.get(), usage);
        }
        if (finishReason.isEmpty()) {
            return new Outcome.Failed(begun ? UpstreamProblems.BROKEN_OFF : UpstreamProblems.EMPTY, usage);
        }
        return new Outcome.Complete(finishReason, usage);
    }

    /// The server refused instead of answering; its reason may still come, and soon.
    void refused() {
        line.finishing();
    }

    /// It is neither events nor a document.
    void foreign() {
        fail(UpstreamProblems.NOT_AN_API);
    }

    /// @param type what `event:` named; null or empty where nothing was named
    void event(String type, String data) {
        if (data.startsWith("[DONE]")) {
            finishReason = finishReason.isEmpty() ? "stop" : finishReason;
            done = true;
        } else if ("error".equals(type)) {
            complain(ErrorBody.read(data));
        } else {
            chunk(data);
        }
    }

    private void chunk(String data) {
        try {
            take(ChunkReader.read(data));
        } catch (JsonProcessingException e) {
            fail(UpstreamProblems.MALFORMED);
        }
    }

    /// The whole of an answer that does not stream.
    void document(String json) {
        try {
            Chunk whole = ChunkReader.read(json);
            take(whole);
            if (finishReason.isEmpty()) {
                finishReason = "stop";
            }
            if (!whole.saysAnything()) {
                fail(UpstreamProblems.NOT_AN_API);
            }
        } catch (JsonProcessingException e) {
            fail(UpstreamProblems.MALFORMED);
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
            fail(UpstreamProblems.ERROR);
            return;
        }
        finishReason = reason;
        line.finishing();
    }

    /// Who reads a connection would take what a sink throws for a failure of the connection, so it is kept.
    private void deliver(Chunk chunk) {
        try {
            if (!chunk.reasoning().isEmpty()) {
                sink.reasoning(chunk.reasoning());
            }
            if (!chunk.content().isEmpty()) {
                sink.content(chunk.content());
            }
        } catch (RuntimeException | Error e) {
            fromSink = e;
        }
    }

    private void complain(ErrorBody errorBody) {
        line.complained(errorBody);
        fail(Diagnosis.ofComplaint(errorBody));
    }

    /// The connection broke, or what it brings cannot be read. Behind the end of an answer that is nothing to it.
    void broken(Throwable failure) {
        if (!isOver() && finishReason.isEmpty()) {
            line.failed(failure);
            fail(Diagnosis.ofReading(failure));
        }
    }

    private void fail(Problem why) {
        if (problem.isEmpty()) {
            problem = Optional.of(why);
        }
    }
}
