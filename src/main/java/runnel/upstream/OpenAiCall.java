package runnel.upstream;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import okhttp3.Response;
import runnel.chat.Problem;
import runnel.chat.Usage;

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
    private okhttp3.Call current;
    private CutShort cut = CutShort.NO;
    private Watchdog.Leash lingering = () -> {};

    OpenAiCall(ModelServer server, ModelList models, Question question) {
        this.server = server;
        this.models = models;
        this.question = question;
    }

    @Override
    public Outcome stream(Sink sink) {
        try (var _ = server.watchdog().after(server.endpoint().timeout(), () -> cutShort(CutShort.BY_TIME))) {
            server.running().add(this);
            return question.goesOn() ? goOn(sink) : ask(sink, server.dialects().of(question.model()), Manner.WORDS);
        } finally {
            server.running().remove(this);
            lingering.close();
        }
    }

    @Override
    public void cancel() {
        cutShort(CutShort.BY_CALLER);
    }

    private Outcome goOn(Sink sink) {
        var seam = new Seam(question.turns().getLast().content(), sink);
        var manner = Manner.of(server.endpoint().continueBy(), server.endpoint().baseUrl(), models.ownerOf(question.model()));
        var outcome = ask(seam, server.dialects().of(question.model()), manner);
        seam.finish();
        return outcome;
    }

    private Outcome ask(Sink sink, Dialect dialect, Manner manner) {
        var request = ChatRequest.of(question, dialect, dialect.prefill() ? manner : Manner.WORDS);
        Refusal refusal;
        try (Response response = begin(request)) {
            if (response.isSuccessful()) {
                return answerIn(response, sink);
            }
            refusal = refusalIn(response);
        } catch (IOException e) {
            failed(e);
            return endedWith(Diagnosis.ofConnecting(e), Optional.empty());
        }
        server.log().refusal(refusal);
        Optional<Dialect> other = understood(refusal, request, dialect);
        return other.isPresent()
                ? ask(sink, other.get(), manner)
                : endedWith(Diagnosis.ofStatus(refusal), Optional.empty());
    }

    /// On a thread of its own, since a virtual thread keeps the memory of the deepest stack that it ever waited with, and the
    /// one that is here stays as long as the answer takes.
    private Response begin(ChatRequest request) throws IOException {
        var begun = new FutureTask<>(open(request)::execute);
        Thread.ofVirtual().start(begun);
        try {
            return begun.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException failure ? failure : new IOException(e.getCause());
        } catch (InterruptedException e) {
            hangUp(); // else an answer might come that nobody closes
            Thread.currentThread().interrupt();
            throw new InterruptedIOException();
        }
    }

    /// A call that was cut short before it began is cancelled before it connects.
    private synchronized okhttp3.Call open(ChatRequest request) {
        current = server.chat(request);
        if (cut != CutShort.NO) {
            current.cancel();
        }
        return current;
    }

    private Refusal refusalIn(Response response) {
        try (var _ = server.watchdog().after(LINGER, this::hangUp)) {
            return Refusal.read(response);
        }
    }

    private Outcome answerIn(Response response, Sink sink) {
        var answer = new Answer(sink, this);
        answer.read(response);
        return switch (answer.outcome()) {
            case Outcome.Failed(Problem problem, var usage) -> endedWith(problem, usage);
            case Outcome whole -> whole;
        };
    }

    private Optional<Dialect> understood(Refusal refusal, ChatRequest request, Dialect dialect) {
        if (!refusal.isAboutTheQuestion()) {
            return Optional.empty();
        }
        Optional<Dialect> other =
                refusal.complaint().unsupported().filter(request::sends).flatMap(dialect::without)
                .or(() -> request.prefills() && !refusal.complaint().tooLong() ? Optional.of(dialect.withoutPrefill()) : Optional.empty());
        other.ifPresent(learned -> server.dialects().learn(question.model(), learned));
        return other;
    }

    /// Whatever a connection does after it was cut short, it was cut short.
    private synchronized Outcome endedWith(Problem problem, Optional<Usage> usage) {
        return switch (cut) {
            case NO -> new Outcome.Failed(problem, usage);
            case BY_CALLER -> new Outcome.Cancelled(usage);
            case BY_TIME -> new Outcome.Failed(Faults.tooSlow(server.endpoint().timeout()), usage);
        };
    }

    private void cutShort(CutShort why) {
        synchronized (this) {
            if (cut == CutShort.NO) {
                cut = why;
            }
        }
        hangUp();
    }

    @Override
    public void finishing() {
        lingering = server.watchdog().after(LINGER, this::hangUp);
    }

    @Override
    public void complained(Complaint complaint) {
        server.log().complaint(complaint);
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

    @Override
    public void hangUp() {
        okhttp3.Call open;
        synchronized (this) {
            open = current;
        }
        if (open != null) {
            open.cancel();
        }
    }
}
