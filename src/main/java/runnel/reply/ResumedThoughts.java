package runnel.reply;

import runnel.chat.Run;
import runnel.chat.Snapshot;
import runnel.upstream.Sink;

/// The rest of a reply that was cut off in its thoughts. A model is not given those and begins them anew: what it thinks once more
/// word for word is passed over, and anything else stands below an empty line.
final class ResumedThoughts implements Sink {
    private static final String EMPTY_LINE = "\n\n";

    private final Sink sink;
    private final String old;
    private int repeated;
    private boolean passing;

    private ResumedThoughts(String old, Sink sink) {
        this.old = old;
        this.sink = sink;
    }

    static Sink behind(Snapshot begun, Sink sink) {
        int last = begun.runs().count() - 1;
        return last < 0 || begun.runs().kind(last) != Run.Kind.REASONING ? sink
                : new ResumedThoughts(begun.run(last).text().toString(), sink);
    }

    @Override
    public void append(Run.Kind kind, String piece) {
        passing |= kind != Run.Kind.REASONING;
        sink.append(kind, passing ? piece : added(piece));
    }

    private String added(String piece) {
        int same = 0;
        while (same < piece.length() && repeated + same < old.length() && piece.charAt(same) == old.charAt(repeated + same)) {
            same++;
        }
        passing = same < piece.length();
        boolean again = !passing || repeated + same == old.length();
        String added = again ? piece.substring(same) : EMPTY_LINE + old.substring(0, repeated) + piece;
        repeated += same;
        return added;
    }

    @Override
    public void call(String id, String name) {
        passing = true;
        sink.call(id, name);
    }
}
