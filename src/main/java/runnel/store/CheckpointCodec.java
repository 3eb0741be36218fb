package runnel.store;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import runnel.chat.Run;
import runnel.chat.Slice;
import runnel.store.Checkpoints.Piece;

/// The pieces of one checkpoint as bytes, in the order of their numbers: of each how far its number is from the one before it and
/// what it has, the reply's id where it is named, the run's kind where it begins one, where it starts, its length and its text.
final class CheckpointCodec {
    private static final int NAMED = 1;
    private static final int BEGINS = 2;
    private static final int FLAGS = 2;
    private static final int SEVEN_BITS = 0x7f;
    private static final Run.Kind[] KINDS = Run.Kind.values();

    private CheckpointCodec() {}

    static byte[] packed(List<Piece> pieces) {
        var out = new Writer();
        int before = 0;
        for (var piece : pieces.stream().sorted(Comparator.comparingInt(Piece::number)).toList()) {
            int flags = (piece.reply().isPresent() ? NAMED : 0) | (piece.begins().isPresent() ? BEGINS : 0);
            out.number(piece.number() - before << FLAGS | flags);
            piece.reply().map(id -> id.getBytes(StandardCharsets.UTF_8)).ifPresent(id -> out.bytes(id, 0, id.length));
            piece.begins().ifPresent(kind -> out.number(kind.ordinal()));
            out.number(piece.start());
            out.bytes(piece.text().bytes(), piece.text().from(), piece.text().length());
            before = piece.number();
        }
        return out.packed();
    }

    static List<Piece> unpacked(byte[] packed) {
        var in = new Reader(Packed.unpack(packed));
        var pieces = new ArrayList<Piece>();
        int number = 0;
        while (in.hasMore()) {
            int head = in.number();
            number += head >>> FLAGS;
            var reply = (head & NAMED) == 0 ? Optional.<String>empty() : Optional.of(in.bytes().toString());
            var begins = (head & BEGINS) == 0 ? Optional.<Run.Kind>empty() : Optional.of(KINDS[in.number()]);
            pieces.add(new Piece(number, reply, begins, in.number(), in.bytes()));
        }
        return pieces;
    }

    private static final class Writer extends ByteArrayOutputStream {
        /// Seven bits at a time, the lowest first; the eighth says that there are more.
        void number(int value) {
            int rest = value;
            for (; rest > SEVEN_BITS; rest >>>= 7) {
                write(rest | SEVEN_BITS + 1);
            }
            write(rest);
        }

        void bytes(byte[] from, int at, int length) {
            number(length);
            write(from, at, length);
        }

        byte[] packed() {
            return Packed.pack(buf, count);
        }
    }

    static final class Reader {
        private final byte[] bytes;
        private int at;

        Reader(byte[] bytes) {
            this.bytes = bytes;
        }

        boolean hasMore() {
            return at < bytes.length;
        }

        int number() {
            int value = 0;
            int shift = 0;
            for (; bytes[at] < 0; shift += 7) {
                value |= (bytes[at++] & SEVEN_BITS) << shift;
            }
            return value | bytes[at++] << shift;
        }

        Slice bytes() {
            int length = number();
            at += length;
            return new Slice(bytes, at - length, at);
        }
    }
}
