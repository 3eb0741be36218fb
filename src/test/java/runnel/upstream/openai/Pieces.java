package runnel.upstream.openai;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import runnel.chat.Run;
import runnel.upstream.Sink;

/// A sink that keeps what it gets.
public final class Pieces implements Sink {
    private record Piece(Run.Kind kind, String text) {}

    private final List<Piece> all = new ArrayList<>();

    @Override
    public synchronized void append(Run.Kind kind, String piece) {
        all.add(new Piece(kind, piece));
    }

    @Override
    public synchronized void call(String id, String name) {
        all.add(new Piece(Run.Kind.FUNCTION_CALL, "[" + id + " " + name + "]"));
    }

    public String content() {
        return joined(Run.Kind.TEXT) + joined(Run.Kind.REFUSAL);
    }

    public String reasoning() {
        return joined(Run.Kind.REASONING);
    }

    synchronized String joined(Run.Kind kind) {
        return all.stream().filter(piece -> piece.kind == kind).map(Piece::text).collect(Collectors.joining());
    }

    synchronized List<String> pieces() {
        return all.stream().filter(piece -> piece.kind.isContent()).map(Piece::text).toList();
    }

    /// All of them in order, as one text for each run: `reasoning: a`, `text: b`.
    synchronized List<String> runs() {
        var runs = new ArrayList<String>();
        for (var piece : all) {
            var begins = piece.kind.wire() + ": ";
            boolean goesOn = !runs.isEmpty() && runs.getLast().startsWith(begins)
                    && !(piece.kind == Run.Kind.FUNCTION_CALL && piece.text.startsWith("["));
            if (goesOn) {
                runs.set(runs.size() - 1, runs.getLast() + piece.text);
            } else if (!piece.text.isEmpty()) {
                runs.add(begins + piece.text);
            }
        }
        return runs;
    }
}
