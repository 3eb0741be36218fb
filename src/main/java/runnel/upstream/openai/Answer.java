package runnel.upstream.openai;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import runnel.chat.Problem;
import runnel.chat.Run;
import runnel.chat.Usage;
import runnel.upstream.Outcome;
import runnel.upstream.Sink;

/// One answer while it is read, from server-sent events (WHATWG HTML, section 9.2) or from JSON documents. What it
/// holds in the end is how far the answer came; whether somebody cut it short is for [OpenAiCall] to say.
///
/// A finish reason is believed when nothing follows it: some gateways write one on every chunk, or on the thoughts. Text behind
/// a reason is text, and the last reason counts.
/// Whoever carries it calls its methods one after the other, until [#isOver]; none of them throws.
final class Answer {
    /// So many events may come in a row that say nothing; some servers send one for each token of thoughts that are not shown.
    static final int MOST_SILENT = 100_000;

    private final ThinkTags text;
    private final ToolCalls calls;
    private final WholeText whole = new WholeText();
    private final AnswerListener listener;
    private final ResponseEvents reader = new ResponseEvents();
    private final boolean resumes;
    private final boolean believes;
    private final boolean takesCalls;
    private boolean known;
    private int silent;
    private Optional<Problem> unread = Optional.empty();
    private boolean early;
    private boolean proved; // the reason came behind text that had none
    private boolean done;
    private Optional<FinishReason> finishReason = Optional.empty();
    private Optional<Usage> usage = Optional.empty();
    private Optional<Problem> problem = Optional.empty();
    private Throwable fromSink;

    /// @param resumes    whether it goes on with what it has said, so that nothing may be left to say
    /// @param takesCalls whether function calls alone are an answer
    Answer(Sink sink, AnswerListener listener, Dialect dialect, boolean resumes, boolean takesCalls) {
        this.text = new ThinkTags(sink, dialect.thinksFirst());
        this.calls = new ToolCalls(text);
        this.listener = listener;
        this.resumes = resumes;
        this.believes = dialect.endsByReason();
        this.takesCalls = takesCalls;
    }

    /// Whether nothing more is wanted.
    boolean isOver() {
        return done || hasFailed();
    }

    /// Whether what still comes is worth nothing, so that the connection should be closed at once.
    boolean hasFailed() {
        return problem.isPresent() || fromSink != null;
    }

    /// What is known of the model, as far as can be told by this answer.
    Dialect learned(Dialect known) {
        boolean ends = proved || listener.hasWaited() || known.endsByReason();
        return known.thinkingFirst(text.thinksFirst()).endingByReason(ends && !early && hasAnswered());
    }

    /// How it ended, once nothing more comes. Throws what the sink threw.
    Outcome outcome() {
        deliver(() -> text.finish(finishReason.filter(FinishReason.STOP::equals).isPresent()));
        switch (fromSink) {
            case null -> {}
            case RuntimeException failure -> throw failure;
            case Error error -> throw error;
            default -> throw new IllegalStateException(fromSink);
        }
        return problem.or(() -> unread).or(this::missing).<Outcome>map(why -> new Outcome.Failed(why, usage))
                .orElseGet(() -> new Outcome.Complete(finishReason.orElseThrow().wire(), usage));
    }

    private Optional<Problem> missing() {
        boolean silent = !hasAnswered();
        if (finishReason.isEmpty()) {
            return Optional.of(known && !silent || text.hasThought() ? UpstreamProblems.BROKEN_OFF : UpstreamProblems.EMPTY);
        }
        return finishReason.get() == FinishReason.FAILURE ? Optional.of(UpstreamProblems.ENDED)
                : silent ? Optional.of(UpstreamProblems.ofEmptyAnswer(finishReason.get(), text.hasThought())) : Optional.empty();
    }

    private boolean hasAnswered() {
        return text.hasSaid() || resumes || takesCalls && calls.any();
    }

    AnswerListener listener() {
        return listener;
    }

    /// It is plain text, of which this is the beginning.
    void plainText(String beginning) {
        var errorBody = new ErrorBody("", "", beginning);
        listener.complained(errorBody);
        if (!isWhole()) {
            var meant = UpstreamProblems.ofComplaint(errorBody);
            fail(meant == UpstreamProblems.ERROR ? UpstreamProblems.PLAIN_TEXT : meant);
        }
    }

    /// @param type what `event:` named; null or empty where nothing was named
    void event(String type, String data) {
        var said = EventData.of(data);
        count();
        boolean named = type != null && EventData.isError(type) && said != EventData.DONE;
        switch (named ? EventData.ERROR : said) {
            case ANSWER -> chunk(data);
            case DONE -> done();
            case ERROR -> complain(ErrorBody.read(data), named || finishReason.isEmpty());
            case SIGN_OF_LIFE -> {}
            case UNKNOWN -> unknown();
        }
        if (type != null && EventData.isLast(type)) {
            done();
        }
    }

    private void count() {
        if (++silent > MOST_SILENT) {
            fail(UpstreamProblems.OVERSIZED);
        }
    }

    /// Neither JSON nor an error: before the answer it may be one more sign of life, if an answer follows.
    private void unknown() {
        if (text.hasSaid() || text.hasThought()) {
            unreadable();
        } else {
            unread = Optional.of(UpstreamProblems.MALFORMED);
        }
    }

    private void done() {
        finishReason = finishReason.or(() -> Optional.of(FinishReason.STOP));
        done = true;
    }

    private void chunk(String data) {
        try {
            for (JsonNode each : EventData.values(data)) {
                take(reader.read(each));
            }
        } catch (JsonProcessingException e) {
            unreadable();
        }
    }

    /// One of the JSON values that an answer is written as: the whole of it, or a chunk a listener.
    void value(JsonNode json) {
        count();
        take(reader.read(json));
        known |= json.has("choices") || json.has("message");
    }

    /// @param count how many there were, with the events behind them: a single one needs no reason to be whole
    void endOfValues(int count) {
        if (!known) {
            fail(UpstreamProblems.NOT_AN_API);
        } else if (count == 1) {
            finishReason = finishReason.or(() -> Optional.of(FinishReason.STOP));
        }
    }

    /// What should be JSON is none. Behind the end of an answer that is nothing to it.
    void unreadable() {
        if (finishReason.isEmpty()) {
            fail(UpstreamProblems.MALFORMED);
        }
    }

    private void take(Chunk chunk) {
        var more = whole.more(chunk);
        boolean first = !text.hasSaid() && !more.isEmpty();
        proved |= text.hasSaid() && finishReason.isEmpty() && chunk.finishReason().isPresent();
        known |= chunk.saysAnything();
        silent = chunk.saysAnything() ? 0 : silent;
        usage = chunk.usage().or(() -> usage);
        if (!more.isEmpty()) {
            early |= finishReason.isPresent();
            listener.said();
            deliver(() -> {
                text.append(Run.Kind.REASONING, more.reasoning());
                text.append(Run.Kind.TEXT, more.content());
                text.append(Run.Kind.REFUSAL, more.refusal());
            });
            calls.close();
        }
        if (!chunk.calls().isEmpty()) {
            listener.said();
            deliver(() -> {
                if (!calls.take(chunk.calls())) {
                    fail(UpstreamProblems.MALFORMED);
                }
            });
        }
        chunk.complaint().ifPresent(why -> complain(why, true));
        finishReason = chunk.finishReason().filter(why -> why != FinishReason.FAILURE || !isWhole()).or(() -> finishReason);
        unread = unread.filter(_ -> more.isEmpty() && finishReason.isEmpty());
        if (finishReason.isPresent()) {
            listener.finishing(early || !hasAnswered() ? AnswerTimeouts.DOUBT
                    : first && !believes ? AnswerTimeouts.FIRST : AnswerTimeouts.PAUSE);
        }
    }

    /// Who reads a connection would take what a sink throws for a failure of the connection, so it is kept.
    private void deliver(Runnable pieces) {
        try {
            if (fromSink == null) {
                pieces.run();
            }
        } catch (RuntimeException | Error e) {
            fromSink = e;
        }
    }

    /// Whether the model has said all that it had to say, so that nothing that follows can harm its answer.
    private boolean isWhole() {
        return finishReason.isPresent() && finishReason.get() != FinishReason.FAILURE && !early && hasAnswered();
    }

    /// @param meant whether it is more than words behind a reason to end
    private void complain(ErrorBody errorBody, boolean meant) {
        listener.complained(errorBody);
        if (meant && !isWhole()) {
            fail(UpstreamProblems.ofComplaint(errorBody));
        }
    }

    /// The connection broke, or what it brings cannot be read.
    void broken(Throwable failure) {
        boolean harmless = isOver() || isWhole() || finishReason.isPresent() && listener.hasWaited();
        if (!harmless) {
            listener.failed(failure);
            fail(UpstreamProblems.ofReading(failure));
        }
    }

    void fail(Problem why) {
        if (problem.isEmpty()) {
            problem = Optional.of(why);
        }
    }
}
