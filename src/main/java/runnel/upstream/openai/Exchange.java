package runnel.upstream.openai;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import okhttp3.Call;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okhttp3.sse.EventSource;
import okhttp3.sse.EventSourceListener;
import okhttp3.sse.EventSources;
import okio.BufferedSink;
import okio.BufferedSource;
import okio.Okio;

/// One question that OkHttp carries, and the answer that its EventSource reads on the thread that waits for it.
final class Exchange extends EventSourceListener {
    private static final MediaType JSON = MediaType.get("application/json");
    private static final MediaType EVENTS = MediaType.get("text/event-stream");

    private final Call call;
    private final Set<Call> running;
    private Answer answer;
    private MeteredBody body;
    /// How many documents and events came.
    private int read;

    Exchange(Call call, Set<Call> running) {
        this.call = call;
        this.running = running;
    }

    static RequestBody body(ChatRequest question) {
        return body(question.length(), question::writeTo);
    }

    /// Writes JSON, once.
    interface Content {
        void writeTo(BufferedSink sink) throws IOException;
    }

    static RequestBody body(long length, Content json) {
        return new RequestBody() {
            @Override
            public MediaType contentType() {
                return JSON;
            }

            @Override
            public long contentLength() {
                return length;
            }

            /// Else OkHttp repeats a question on its own: after 408, after `503` with `Retry-After: 0`, and on a stale
            /// connection.
            @Override
            public boolean isOneShot() {
                return true;
            }

            @Override
            public void writeTo(BufferedSink sink) throws IOException {
                json.writeTo(sink);
            }
        };
    }

    /// Sends the question, gives what comes to `answer`, and returns when no more is wanted or comes.
    ///
    /// @return why there is no answer, where the server says so
    /// @throws IOException where nothing was said at all
    Optional<ErrorResponse> run(Answer answer) throws IOException {
        running.add(call);
        try (Response response = begin()) {
            if (response.isSuccessful()) {
                read(response, answer);
                return Optional.empty();
            }
            answer.listener().finishing(AnswerTimeouts.PAUSE); // its reason may still come, and soon
            return Optional.of(ErrorResponse.of(response.code(), response.header("Retry-After", ""), beginning(response)));
        } finally {
            running.remove(call);
        }
    }

    /// On a thread of its own, since a virtual thread keeps the memory of the deepest stack that it ever waited with, and the
    /// one that is here stays as long as the answer takes.
    private Response begin() throws IOException {
        var begun = new FutureTask<>(call::execute);
        Thread.ofVirtual().start(begun);
        try {
            return begun.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException failure ? failure : new IOException(e.getCause());
        } catch (InterruptedException e) {
            cancel(); // else an answer might come that nobody closes
            Thread.currentThread().interrupt();
            throw new InterruptedIOException();
        }
    }

    /// Reads what came by its first bytes: gateways label errors as events, and events as anything.
    void read(Response response, Answer answer) {
        this.answer = answer;
        body = new MeteredBody(response.body(), answer.listener()::heard);
        var source = Okio.buffer(body);
        try {
            switch (MeteredBody.kind(source)) {
                case EVENTS -> readEvents(response, source).ifPresent(text -> unknown(response, text));
                case JSON -> readValues(response, source);
                case PAGE -> answer.fail(UpstreamProblems.PAGE);
                case BINARY -> answer.fail(UpstreamProblems.PACKED);
                case NOTHING -> {}
            }
        } catch (IOException | IllegalArgumentException e) { // so OkHttp takes a chunk whose size is negative
            answer.broken(e);
        }
        cancelOnFailure();
    }

    /// What is packed in another way (`br`, `zstd`) may begin as text does.
    private void unknown(Response response, String beginning) {
        if (response.header("Content-Encoding", "identity").equalsIgnoreCase("identity")) {
            answer.plainText(beginning);
        } else {
            answer.fail(UpstreamProblems.PACKED);
        }
    }

    /// @return the beginning of what came, where it was no event at all
    private Optional<String> readEvents(Response response, BufferedSource source) {
        var lines = new EventLines(source);
        var events = ResponseBody.create(Okio.buffer(lines), EVENTS, -1);
        EventSources.processResponse(response.newBuilder().body(events).build(), this);
        return lines.plainText();
    }

    /// One document, or a line for each chunk, or an array of chunks; events may follow.
    private void readValues(Response response, BufferedSource source) throws IOException {
        var objects = new JsonObjects(source);
        try {
            for (var next = objects.next(); next.isPresent(); next = answer.isOver() ? Optional.empty() : objects.next()) {
                body.eventWasRead();
                answer.value(JsonCodec.MAPPER.readTree(next.get()));
                read++;
            }
        } catch (JsonProcessingException e) {
            answer.unreadable();
            return;
        }
        if (objects.isCut()) {
            answer.unreadable();
        } else {
            var behind = answer.isOver() || source.exhausted() ? Optional.<String>empty() : readEvents(response, source);
            answer.endOfValues(read);
            behind.ifPresent(answer::plainText);
        }
    }

    /// Else OkHttp reads on for 100 ms before it closes, which can be a hundred megabytes.
    private void cancelOnFailure() {
        if (answer.hasFailed()) {
            cancel();
        }
    }

    static String beginning(Response response) {
        try {
            BufferedSource source = Okio.buffer(new MeteredBody(response.body(), () -> {}));
            MeteredBody.kind(source);
            source.request(ErrorResponse.MAX);
            return source.getBuffer().readUtf8(Math.min(ErrorResponse.MAX, source.getBuffer().size()));
        } catch (IOException | IllegalArgumentException e) {
            return "";
        }
    }

    @Override
    public void onEvent(EventSource source, String id, String type, String data) {
        read++;
        body.eventWasRead();
        answer.event(type, data);
        if (answer.isOver()) {
            source.cancel(); // there may be more events in memory
        }
        cancelOnFailure();
    }

    @Override
    public void onFailure(EventSource source, Throwable failure, Response response) {
        answer.broken(failure);
        cancelOnFailure();
    }

    /// Closes the connection, now or before it is opened. Can be called at any time and from any thread.
    void cancel() {
        call.cancel();
    }
}
