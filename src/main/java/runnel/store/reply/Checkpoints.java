package runnel.store.reply;

import java.io.ByteArrayOutputStream;
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
import runnel.store.Sql;

/// The newest text of running replies, kept piece by piece, so that a checkpoint costs in proportion to what is new. All
/// pieces of a checkpoint are one row, packed: a row for each would take twice its text.
public final class Checkpoints {
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
        byte[] packed = CheckpointCodec.packed(pieces);
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
        return sql.list("select pieces from checkpoint order by id", row -> CheckpointCodec.unpacked(row.bytes("pieces"))).stream()
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
}
