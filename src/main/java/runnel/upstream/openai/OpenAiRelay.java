package runnel.upstream.openai;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.regex.Pattern;
import okhttp3.Call;
import okhttp3.Response;
import okio.BufferedSink;
import runnel.chat.Problem;
import runnel.settings.Provider;
import runnel.upstream.Relay;
import runnel.upstream.RelayRequest;
import runnel.upstream.UpstreamException;

/// A request that OkHttp carries as it came, and the bytes of the answer as they come.
final class OpenAiRelay implements Relay {
    private static final Pattern FOR_CLIENTS = Pattern.compile("retry-after(-ms)?|x-should-retry|x-request-id|x-ratelimit-.*");
    /// More would not fit into the answer's own headers.
    private static final int MAX_HEADERS = 20;
    private static final int MAX_HEADER = 250;
    private static final String DAY = "86400";
    private static final Pattern LONGER_THAN_DAYS = Pattern.compile("retry-after:\\d{6,}|retry-after-ms:\\d{9,}");
    /// Some servers repeat the key that they refuse masked in the middle.
    private static final Pattern KEY_LIKE = Pattern.compile("(?i)(bearer\\s+|\\bsk-)[^\\s\"'\\\\,}]+");

    private final ModelServer server;
    private final Ended ended;
    private final Call call;
    private final CountDownLatch sent = new CountDownLatch(1);
    private final FutureTask<Response> begun = new FutureTask<>(this::begin);
    private final AnswerTimeouts timeouts;
    private final SecretFilter secrets;
    /// Where the server is asked by the Responses API, and all that is passed is translated.
    private final Optional<String> model;
    private byte[] json;
    private RelayedBody body;
    private boolean answered;
    /// Guarded by this, as the next.
    private Optional<Problem> cut = Optional.empty();
    private boolean closed;

    OpenAiRelay(ModelServer server, RelayRequest request, Ended ended) {
        this.server = server;
        this.ended = ended;
        this.model = Optional.of(request.model()).filter(_ -> server.endpoint().provider().api() == Provider.Api.RESPONSES);
        this.json = model.isPresent() ? ChatAsResponse.of(request.json()) : request.json();
        this.call = server.transport().passedOn(Exchange.body(json.length, this::write));
        this.secrets = SecretFilter.of(server.endpoint().secrets());
        this.body = RelayedBody.of("", secrets);
        this.timeouts = new AnswerTimeouts(server.watchdog(), server.endpoint().waits(), this::cancel, call::cancel);
        server.transport().running().add(call);
    }

    @Override
    public void send() {
        Thread.ofVirtual().start(begun); // on a thread of its own for the reason that Exchange has
        try {
            sent.await();
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            call.cancel();
        }
    }

    private Response begin() throws IOException {
        try {
            var response = call.execute();
            synchronized (this) {
                if (closed) {
                    response.close();
                }
            }
            return response;
        } finally {
            sent.countDown();
        }
    }

    /// It is forgotten once it is sent, since an answer may take long.
    private void write(BufferedSink sink) throws IOException {
        sink.write(json).flush();
        json = new byte[0];
        sent.countDown();
    }

    @Override
    public Head head() {
        try {
            var response = begun.get();
            timeouts.heard();
            return response.isSuccessful() ? succeeded(response) : refused(response);
        } catch (ExecutionException failure) {
            throw failure.getCause() instanceof IOException e ? failed(e, ConnectFailure.of(e)) : new IllegalStateException(failure);
        } catch (IOException | IllegalArgumentException e) { // see #next
            throw failed(e, UpstreamProblems.ofReading(e));
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw failed(new InterruptedIOException(), UpstreamProblems.BROKEN_OFF);
        }
    }

    private Head succeeded(Response response) throws IOException {
        body = RelayedBody.of(new MeteredBody(response.body(), timeouts::heard), response.header("Content-Type", ""), secrets, model);
        answered = true;
        return head(response);
    }

    /// The server's own words where they are JSON, for programs to read.
    private Head refused(Response response) {
        timeouts.finishing(AnswerTimeouts.PAUSE);
        var text = Exchange.beginning(response);
        var said = ErrorResponse.of(response.code(), response.header("Retry-After", ""), text);
        server.log().refusal(said);
        var problem = UpstreamProblems.ofStatus(said);
        if (response.code() < 400) {
            throw because(problem);
        }
        var json = json(text).map(written -> KEY_LIKE.matcher(written).replaceAll("***")).orElseGet(() -> inOpenAisForm(problem));
        body = RelayedBody.of(json, secrets);
        return head(response);
    }

    /// Written anew, so that no character of it is escaped that need not be.
    private static Optional<String> json(String text) {
        try {
            return Optional.of(JsonCodec.STRICT.readTree(text)).filter(JsonNode::isContainerNode).map(JsonNode::toString);
        } catch (JsonProcessingException other) {
            return Optional.empty();
        }
    }

    private static String inOpenAisForm(Problem problem) {
        var json = JsonCodec.MAPPER.createObjectNode();
        json.putObject("error").put("message", problem.detail()).put("type", "upstream_error").putNull("param")
                .put("code", problem.code().replace('-', '_'));
        return json.toString();
    }

    private Head head(Response response) {
        Map<String, String> headers = new HashMap<>();
        response.headers().forEach(header -> {
            var name = header.getFirst().toLowerCase(Locale.ROOT);
            var value = secrets.masked(header.getSecond());
            boolean fits = headers.size() < MAX_HEADERS && name.length() + value.length() <= MAX_HEADER;
            if (fits && FOR_CLIENTS.matcher(name).matches()) {
                boolean tooLong = LONGER_THAN_DAYS.matcher(name + ":" + value).matches();
                headers.put(header.getFirst(), tooLong ? name.endsWith("-ms") ? DAY + "000" : DAY : value);
            }
        });
        return new Head(response.code(), headers, body.isEvents());
    }

    @Override
    public byte[] next() {
        try {
            var piece = body.next();
            timeouts.said();
            return piece;
        } catch (IOException | IllegalArgumentException e) { // so OkHttp takes a chunk whose size is negative
            throw failed(e, UpstreamProblems.ofReading(e));
        }
    }

    /// Whatever a connection does after it was cut short, it was cut short.
    private synchronized UpstreamException failed(Exception failure, Problem problem) {
        if (cut.isEmpty()) {
            server.log().failure(failure);
        }
        return because(problem);
    }

    private synchronized UpstreamException because(Problem problem) {
        return new UpstreamException(cut.orElse(problem));
    }

    @Override
    public synchronized boolean held() {
        timeouts.heard();
        return cut.isEmpty();
    }

    @Override
    public void cancel(Problem why) {
        synchronized (this) {
            cut = cut.or(() -> Optional.of(why));
        }
        call.cancel();
    }

    @Override
    public void close() {
        timeouts.close();
        server.transport().running().remove(call);
        synchronized (this) {
            closed = true;
        }
        try {
            call.cancel();
            if (begun.state() == FutureTask.State.SUCCESS) {
                begun.resultNow().close();
            }
        } finally {
            ended.take(answered, body.usage());
        }
    }
}
