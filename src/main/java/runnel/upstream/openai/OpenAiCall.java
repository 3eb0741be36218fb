package runnel.upstream.openai;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.UnaryOperator;
import runnel.chat.Problem;
import runnel.chat.Usage;
import runnel.settings.Provider;
import runnel.upstream.Call;
import runnel.upstream.Outcome;
import runnel.upstream.Question;
import runnel.upstream.Sink;
import runnel.upstream.UpstreamException;
import runnel.upstream.openai.Dialect.Part;
import runnel.upstream.openai.ErrorBody.Topic;

/// One question to an OpenAI-compatible server (`POST /chat/completions`, or `POST /responses`), asked on the thread that calls [#stream].
///
/// It is sent once more only where the server refused it before any model has read it: for a parameter that can be spelled
/// otherwise or left out, for the beginning of an answer in it, or for a system message that its template does not know.
final class OpenAiCall implements Call, AnswerListener {
    private final ModelServer server;
    private final ModelList models;
    private final Question question;
    private volatile Exchange current;
    private boolean cancelled;
    private Optional<Problem> tooLate = Optional.empty();
    private boolean waited;
    private AnswerTimeouts timeouts;
    private long tokens;

    OpenAiCall(ModelServer server, ModelList models, Question question) {
        this.server = server;
        this.models = models;
        this.question = question;
    }

    @Override
    public Outcome stream(Sink sink) {
        try (var limits = new AnswerTimeouts(server.watchdog(), server.endpoint().waits(), this::tooLate, this::waited)) {
            timeouts = limits;
            return question.resumes() ? resume(sink) : ask(sink, server.dialects().of(question.model()), ContinuationStyle.PROMPT);
        }
    }

    private Outcome resume(Sink sink) {
        var rest = new OverlapFilter(question.turns().getLast().content(), sink);
        var style = isResponses() ? ContinuationStyle.PROMPT
                : ContinuationStyle.of(server.endpoint().continueBy(), server.endpoint().baseUrl(), models.ownerOf(question.model()));
        var outcome = ask(rest, server.dialects().of(question.model()), style);
        rest.finish();
        return outcome;
    }

    private boolean isResponses() {
        return server.endpoint().provider().api() == Provider.Api.RESPONSES;
    }

    private Outcome ask(Sink sink, Dialect dialect, ContinuationStyle style) {
        boolean sees = question.turns().stream().anyMatch(turn -> !turn.attachments().isEmpty()) && maySee();
        var request = isResponses() ? ChatRequest.responses(question, dialect, sees)
                : ChatRequest.of(question, dialect, dialect.takes(Part.PREFILL) ? style : ContinuationStyle.PROMPT, sees);
        tokens = request.tokens();
        var answer = new Answer(sink, this, dialect, question.resumes(), question.request().isPresent());
        try {
            var errorResponse = open(request).run(answer);
            return errorResponse.isPresent() ? refused(errorResponse.get(), request, sink, dialect, style) : ended(answer, dialect);
        } catch (IOException e) {
            failed(e);
            return endedWith(ConnectFailure.of(e), Optional.empty());
        }
    }

    /// Where nobody knows, the model's server decides.
    private boolean maySee() {
        try {
            return models.sees(question.model());
        } catch (UpstreamException nobodyKnows) {
            return true;
        }
    }

    /// A call that was cut short before it began is cancelled before it connects.
    private synchronized Exchange open(ChatRequest request) {
        current = server.transport().chat(request);
        if (isCutShort()) {
            current.cancel();
        }
        return current;
    }

    private Outcome refused(ErrorResponse errorResponse, ChatRequest request, Sink sink, Dialect dialect, ContinuationStyle style) {
        server.log().refusal(errorResponse);
        learnContext(errorResponse.errorBody());
        var other = understood(errorResponse, request, dialect);
        if (other.isEmpty()) {
            return endedWith(UpstreamProblems.ofStatus(errorResponse), Optional.empty());
        }
        timeouts.again();
        return ask(sink, other.get(), style);
    }

    private Outcome ended(Answer answer, Dialect dialect) {
        var outcome = answer.outcome();
        if (!answer.learned(dialect).equals(dialect)) {
            learn(answer::learned);
        }
        return switch (outcome) {
            case Outcome.Failed(Problem problem, var usage) -> endedWith(problem, usage);
            case Outcome whole -> whole;
        };
    }

    private Optional<Dialect> understood(ErrorResponse errorResponse, ChatRequest request, Dialect dialect) {
        var errorBody = errorResponse.errorBody();
        if (!errorResponse.isAboutTheQuestion() || errorBody.isAbout(Topic.TOO_LONG) || errorBody.isAbout(Topic.KEY)) {
            return Optional.empty();
        }
        boolean reasoning = request.asksForReasoning() && errorBody.isAbout(Topic.REASONING);
        boolean roles = ChatRequest.hasPreamble(question) && errorBody.isAbout(Topic.ROLES);
        return errorBody.unsupported().filter(request::sends).flatMap(dialect::without)
                .or(() -> reasoning ? dialect.without(Part.REASONING) : Optional.empty())
                .or(() -> roles ? dialect.without(Part.PREAMBLE) : Optional.empty())
                .or(() -> request.prefills() && errorResponse.status() != 500 ? dialect.without(Part.PREFILL) : Optional.empty())
                .map(learned -> learn(_ -> learned));
    }

    /// What a server says of a question that is too long is truer than its list: it may run the model with less.
    private void learnContext(ErrorBody errorBody) {
        var context = errorBody.isAbout(Topic.TOO_LONG) ? errorBody.contextTokens(tokens) : Optional.<Long>empty();
        if (context.isPresent()) {
            learn(known -> known.withContext(context));
        }
    }

    private Dialect learn(UnaryOperator<Dialect> lesson) {
        return server.dialects().learn(question.model(), lesson);
    }

    /// Whatever a connection does after it was cut short, it was cut short.
    private synchronized Outcome endedWith(Problem problem, Optional<Usage> usage) {
        return cancelled ? new Outcome.Cancelled(usage) : new Outcome.Failed(server.endpoint().named(tooLate.orElse(problem)), usage);
    }

    @Override
    public void cancel() {
        synchronized (this) {
            cancelled = tooLate.isEmpty();
        }
        closeConnection();
    }

    private void tooLate(Problem why) {
        synchronized (this) {
            tooLate = Optional.of(why).filter(_ -> !cancelled);
        }
        closeConnection();
    }

    private void waited() {
        synchronized (this) {
            waited = true;
        }
        closeConnection();
    }

    @Override
    public synchronized boolean hasWaited() {
        return waited;
    }

    @Override
    public void heard() {
        timeouts.heard();
    }

    @Override
    public void said() {
        timeouts.said();
    }

    @Override
    public void finishing(Duration most) {
        timeouts.finishing(most);
    }

    @Override
    public void complained(ErrorBody errorBody) {
        server.log().complaint(errorBody);
        learnContext(errorBody);
    }

    @Override
    public void failed(Throwable failure) {
        if (!isCutShort()) {
            server.log().failure(failure);
        }
    }

    private synchronized boolean isCutShort() {
        return cancelled || tooLate.isPresent();
    }

    private void closeConnection() {
        var open = current;
        if (open != null) {
            open.cancel();
        }
    }
}
