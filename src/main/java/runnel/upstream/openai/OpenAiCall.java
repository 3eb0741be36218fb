package runnel.upstream.openai;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import runnel.chat.Problem;
import runnel.chat.Usage;
import runnel.upstream.Call;
import runnel.upstream.Outcome;
import runnel.upstream.Question;
import runnel.upstream.Sink;

/// One question to an OpenAI-compatible server (`POST /chat/completions`), asked on the thread that calls [#stream].
///
/// It is sent once more in one case only: the server refused it for a parameter that can be spelled otherwise or left
/// out, or for the beginning of an answer in it, before any model has read it.
final class OpenAiCall implements Call, Answer.Line {
    /// How long a server may take over what nobody waits for: the end of a stream after its model has said that it is
    /// done, and the words of a refusal.
    private static final Duration LINGER = Duration.ofSeconds(5);

    private enum CutShort { NO, BY_CALLER, BY_TIME }

    private final ModelServer server;
    private final ModelList models;
    private final Question question;
    private Exchange current;
    private CutShort cut = CutShort.NO;
    private Watchdog.Timeout lingering = () -> {};

    OpenAiCall(ModelServer server, ModelList models, Question question) {
        this.server = server;
        this.models = models;
        this.question = question;
    }

    @Override
    public Outcome stream(Sink sink) {
        try (var _ = server.watchdog().after(server.endpoint().timeout(), () -> cutShort(CutShort.BY_TIME))) {
            return question.resumes() ? resume(sink) : ask(sink, server.dialects().of(question.model()), ContinuationStyle.WORDS);
        }
    }

    @Override
    public void cancel() {
        cutShort(CutShort.BY_CALLER);
    }

    private Outcome resume(Sink sink) {
        var seam = new OverlapFilter(question.turns().getLast().content(), sink);
        var style = ContinuationStyle.of(server.endpoint().continueBy(), server.endpoint().baseUrl(), models.ownerOf(question.model()));
        var outcome = ask(seam, server.dialects().of(question.model()), style);
        seam.finish();
        return outcome;
    }

    private Outcome ask(Sink sink, Dialect dialect, ContinuationStyle style) {
        var request = ChatRequest.of(question, dialect, dialect.prefill() ? style : ContinuationStyle.WORDS);
        var answer = new Answer(sink, this);
        Optional<ErrorResponse> errorResponse;
        try {
            errorResponse = open(request).run(answer);
        } catch (IOException e) {
            failed(e);
            return endedWith(Diagnosis.ofConnecting(e), Optional.empty());
        } finally {
            lingering.close();
        }
        return errorResponse.isPresent() ? refused(errorResponse.get(), request, sink, dialect, style) : ended(answer);
    }

    /// A call that was cut short before it began is cancelled before it connects.
    private synchronized Exchange open(ChatRequest request) {
        current = server.transport().chat(request);
        if (cut != CutShort.NO) {
            current.cancel();
        }
        return current;
    }

    private Outcome refused(ErrorResponse errorResponse, ChatRequest request, Sink sink, Dialect dialect, ContinuationStyle style) {
        server.log().refusal(errorResponse);
        Optional<Dialect> other = understood(errorResponse, request, dialect);
        return other.isPresent()
                ? ask(sink, other.get(), style)
                : endedWith(Diagnosis.ofStatus(errorResponse), Optional.empty());
    }

    private Outcome ended(Answer answer) {
        return switch (answer.outcome()) {
            case Outcome.Failed(Problem problem, var usage) -> endedWith(problem, usage);
            case Outcome whole -> whole;
        };
    }

    private Optional<Dialect> understood(ErrorResponse errorResponse, ChatRequest request, Dialect dialect) {
        if (!errorResponse.isAboutTheQuestion()) {
            return Optional.empty();
        }
        Optional<Dialect> other =
                errorResponse.errorBody().unsupported().filter(request::sends).flatMap(dialect::without)
                .or(() -> request.prefills() && !errorResponse.errorBody().tooLong() ? Optional.of(dialect.withoutPrefill()) : Optional.empty());
        other.ifPresent(learned -> server.dialects().learn(question.model(), learned));
        return other;
    }

    /// Whatever a connection does after it was cut short, it was cut short.
    private synchronized Outcome endedWith(Problem problem, Optional<Usage> usage) {
        return switch (cut) {
            case NO -> new Outcome.Failed(problem, usage);
            case BY_CALLER -> new Outcome.Cancelled(usage);
            case BY_TIME -> new Outcome.Failed(UpstreamProblems.tooSlow(server.endpoint().timeout()), usage);
        };
    }

    private void cutShort(CutShort why) {
        synchronized (this) {
            if (cut == CutShort.NO) {
                cut = why;
            }
        }
        closeConnection();
    }

    @Override
    public void finishing() {
        lingering = server.watchdog().after(LINGER, this::closeConnection);
    }

    @Override
    public void complained(ErrorBody errorBody) {
        server.log().complaint(errorBody);
    }

    @Override
    public void failed(Throwable failure) {
        if (!isCutShort()) {
            server.log().failure(failure);
        }
    }

    private synchronized boolean isCutShort() {
        return cut != CutShort.NO;
    }

    private void closeConnection() {
        Exchange open;
        synchronized (this) {
            open = current;
        }
        if (open != null) {
            open.cancel();
        }
    }
}
