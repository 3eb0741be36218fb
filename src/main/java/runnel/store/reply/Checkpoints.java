package runnel.store.reply;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import runnel.chat.Run;
import runnel.chat.Slice;
import runnel.chat.Snapshot;
import runnel.store.Database;
import runnel.store.PackedBytes;
import runnel.store.Sql;

/// The newest text of running replies, kept piece by piece, so that a checkpoint costs in proportion to what is new. All
/// pieces of a checkpoint are one row, packed: a row for each would take twice its text.
public final class Checkpoints {
    private static final int NAMED = 1;
    private static final int BEGINS = 2;
    private static final int FLAGS = 2;
    private static final Run.Kind[] KINDS = Run.Kind.values();

    private final AtomicLong newest = new AtomicLong();
    private final Database database;

    public Checkpoints(Database database) {
        this.database = database;
    }

    /// New text of one reply.
    ///
    /// @param number stands for the reply while this process runs it; one that goes on gets another
    /// @param reply  the reply's id, with the first piece that is kept under its number
    /// @param begins the kind of the run that it begins; else it goes on with the run that is the last one by then
    /// @param start  how many bytes of the reply lie before it
    public record Piece(int number, Optional<String> reply, Optional<Run.Kind> begins, int start, Slice text) {}

    /// Keeps new pieces of any number of replies, in one transaction.
    ///
    /// @return the id of this checkpoint; later ones have higher ids
    public long keep(List<Piece> pieces) {
        long id = newest.incrementAndGet();
        byte[] packed = packed(pieces);
        database.write(sql -> sql.update("insert into checkpoint (id, pieces) values (?, ?)", id, packed));
        return id;
    }

    /// Drops the checkpoints up to an id, when the replies that have pieces in them have all ended.
    public void sweep(long upTo) {
        database.write(sql -> sql.update("delete from checkpoint where id <= ?", upTo));
    }

    static void clear(Sql sql) {
        sql.update("delete from checkpoint");
    }

    /// What is kept of each reply, in order.
    public static Map<String, List<Piece>> pieces(Sql sql) {
        var names = new HashMap<Integer, String>();
        return sql.list("select pieces from checkpoint order by id", row -> unpacked(row.bytes("pieces"))).stream()
                .flatMap(List::stream)
                .peek(piece -> piece.reply().ifPresent(id -> names.put(piece.number(), id)))
                .collect(Collectors.groupingBy(piece -> names.getOrDefault(piece.number(), "")));
    }

    /// A text with the pieces that fit on to it, one behind the other; those of an earlier run of the reply do not fit.
    static Snapshot joined(Snapshot text, List<Piece> pieces) {
        var bytes = new ByteArrayOutputStream();
        bytes.write(text.bytes(), 0, text.length());
        var runs = text.runs();
        for (var piece : pieces) {
            if (piece.start() == bytes.size()) {
                runs = piece.begins().isPresent() ? runs.with(piece.begins().get(), piece.start()) : runs;
                bytes.write(piece.text().bytes(), piece.text().from(), piece.text().length());
            }
        }
        return new Snapshot(bytes.toByteArray(), bytes.size(), runs, text.stops(), text.end());
    }

    /// In the order of their numbers: of each how far its number is from the one before it and what it has, the reply's id where it is
    /// named, the run's kind where it begins one, where it starts, and its text.
    private static byte[] packed(List<Piece> pieces) {
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

    private static List<Piece> unpacked(byte[] packed) {
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
