package runnel.store.reply;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import runnel.chat.Run;
import runnel.chat.Slice;
import runnel.store.PackedBytes;
import runnel.store.reply.Checkpoints.Piece;

/// The pieces of one checkpoint as bytes, in the order of their numbers: of each how far its number is from the one before it and
/// what it has, the reply's id where it is named, the run's kind where it begins one, where it starts, and its text.
final class CheckpointCodec {
    private static final int NAMED = 1;
    private static final int BEGINS = 2;
    private static final int FLAGS = 2;
    private static final Run.Kind[] KINDS = Run.Kind.values();

    private CheckpointCodec() {}

    static byte[] packed(List<Piece> pieces) {
        var out = new PackedBytes.Writer();
        int before = 0;
        for (var piece : pieces.stream().sorted(Comparator.comparingInt(Piece::number)).toList()) {
            int flags = (piece.reply().isPresent() ? NAMED : 0) | (piece.begins().isPresent() ? BEGINS : 0);
            out.number(piece.number() - before << FLAGS | flags);
            piece.reply().ifPresent(id -> out.piece(Slice.of(id.getBytes(StandardCharsets.UTF_8))));
            piece.begins().ifPresent(kind -> out.number(kind.ordinal()));
            out.number(piece.start());
            out.piece(piece.text());
            before = piece.number();
        }
        return out.packed();
    }

    static List<Piece> unpacked(byte[] packed) {
        var in = new PackedBytes.Reader(packed);
        var pieces = new ArrayList<Piece>();
        int number = 0;
        while (in.hasMore()) {
            int head = in.number();
            number += head >>> FLAGS;
            var reply = (head & NAMED) == 0 ? Optional.<String>empty() : Optional.of(in.piece().toString());
            var begins = (head & BEGINS) == 0 ? Optional.<Run.Kind>empty() : Optional.of(KINDS[in.number()]);
            pieces.add(new Piece(number, reply, begins, in.number(), in.piece()));
        }
        return pieces;
    }
}
