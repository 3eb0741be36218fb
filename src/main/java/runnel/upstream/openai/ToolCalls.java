package runnel.upstream.openai;

import java.util.List;
import java.util.Optional;
import runnel.chat.Id;
import runnel.chat.Run;
import runnel.upstream.Sink;

/// Passes on the function calls of an answer, one behind the other. The pieces of a call come in a row, of which the first one says
/// its name; all that is known of servers is that.
final class ToolCalls {
    private final Sink sink;
    private Optional<Chunk.Call> open = Optional.empty();
    private String announced = "";
    private boolean hasPieces;
    private boolean any;

    ToolCalls(Sink sink) {
        this.sink = sink;
    }

    boolean any() {
        return any;
    }

    /// Something else came, behind which no call goes on.
    void close() {
        open = Optional.empty();
    }

    /// @return whether it is known to which call each of the pieces belongs
    boolean take(List<Chunk.Call> pieces) {
        for (var piece : pieces) {
            if (open.filter(call -> goesOn(call, piece)).isPresent()) {
                sink.append(Run.Kind.FUNCTION_CALL, piece.arguments());
            } else if (!piece.name().isEmpty()) {
                begin(piece);
            } else if (!piece.arguments().isEmpty()) {
                return false;
            } else {
                announced = piece.id();
            }
        }
        return true;
    }

    private static boolean goesOn(Chunk.Call call, Chunk.Call piece) {
        return piece.index() == call.index() && piece.index() != Chunk.Call.WHOLE && (piece.id().isEmpty() || piece.id().equals(call.id()));
    }

    /// Some servers tell in the end as a whole what they have told in pieces, or tell it twice.
    private void begin(Chunk.Call piece) {
        boolean whole = piece.index() == Chunk.Call.WHOLE;
        hasPieces |= !whole;
        boolean again = whole && (hasPieces || open.filter(call -> call.id().equals(piece.id())).isPresent());
        if (!again) {
            var id = !piece.id().isEmpty() ? piece.id() : !announced.isEmpty() ? announced : "call_" + Id.next();
            announced = "";
            open = Optional.of(new Chunk.Call(piece.index(), id, piece.name(), ""));
            any = true;
            sink.call(id, piece.name());
            sink.append(Run.Kind.FUNCTION_CALL, piece.arguments());
        }
    }
}
