package runnel.reply;

import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;
import runnel.chat.End;
import runnel.chat.FaultLog;
import runnel.chat.FunctionCall;
import runnel.chat.Reply;
import runnel.chat.Run;
import runnel.chat.Runs;
import runnel.chat.Snapshot;

/// A reply that is being written: an append-only log of runs with one writer and any number of readers.
///
/// The writer publishes a new [Snapshot] after every piece, so readers take text and end together and never wait for
/// a lock; then it wakes them on its own thread.
final class LiveReply implements ReplyText {
    private static final FaultLog FAULTS = new FaultLog(LoggerFactory.getLogger(LiveReply.class)::error);

    private static final long MAX_BYTES_PER_CHARACTER = 3;

    private final CopyOnWriteArrayList<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final TextMemory.Share memory;
    private final Utf8Text text;
    private Runs runs;
    private volatile Reply reply;
    private volatile Snapshot now;
    private volatile boolean written;

    /// @param begun what the reply begins with: nothing, unless it is continued
    LiveReply(Reply reply, Snapshot begun, TextMemory.Share memory) {
        this.reply = reply;
        this.memory = memory;
        this.text = new Utf8Text(begun.bytes(), begun.length());
        this.runs = begun.runs();
        this.now = begun;
    }

    @Override
    public Reply reply() {
        return reply;
    }

    @Override
    public Snapshot now() {
        return now;
    }

    @Override
    public void listen(Runnable wake) {
        listeners.add(wake);
    }

    @Override
    public void leave(Runnable wake) {
        listeners.remove(wake);
        forget();
    }

    /// Nobody writes or stores it any more; who reads it may go on.
    void written() {
        written = true;
        forget();
    }

    private void forget() {
        if (written && listeners.isEmpty()) {
            memory.close();
        }
    }

    /// Takes the memory for so many more characters.
    boolean hasRoom(int characters) {
        long length = text.length();
        return memory.grow(length + (length >> 1) + MAX_BYTES_PER_CHARACTER * characters);
    }

    void omitted(int messages) {
        reply = new Reply(reply.id(), reply.chat(), reply.owner(), reply.prompt(), reply.model(), reply.epoch(), messages);
    }

    /// More of the last run, where that is of this kind, else of a new one.
    void append(Run.Kind kind, String piece) {
        if (runs.count() == 0 || runs.kind(runs.count() - 1) != kind) {
            begin(kind);
        }
        text.append(piece);
        publish(now.stops(), Optional.empty());
    }

    /// Begins a run of its own.
    void call(String id, String name) {
        begin(Run.Kind.FUNCTION_CALL);
        append(Run.Kind.FUNCTION_CALL, FunctionCall.head(id, name));
    }

    private void begin(Run.Kind kind) {
        text.finish();
        runs = runs.with(kind, text.length());
    }

    /// The whole text, once nothing will be appended any more.
    Snapshot finished() {
        text.finish();
        publish(now.stops(), now.end());
        return now;
    }

    /// The last change of all.
    void end(End end) {
        publish(now.stops() + 1, Optional.of(end));
    }

    private void publish(int stops, Optional<End> end) {
        now = new Snapshot(text.bytes(), text.length(), runs, stops, end);
        listeners.forEach(FAULTS::guard); // what one reader throws must reach neither the writer nor the other readers
    }
}
