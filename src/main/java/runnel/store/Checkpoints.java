package runnel.store;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import runnel.chat.Snapshot;

/// The newest text of running replies, kept piece by piece, so that a checkpoint costs in proportion to what is new.
public final class Checkpoints {
    private final Database database;

    public Checkpoints(Database database) {
        this.database = database;
    }

    /// New text of one reply.
    ///
    /// @param start how many bytes of the reply's reasoning or content lie before it
    public record Piece(String reply, boolean reasoning, int start, String text) {}

    /// Keeps new pieces of any number of replies, in one transaction.
    ///
    /// @return the id of the last piece; later pieces have higher ones
    public long keep(List<Piece> pieces) {
        return database.write(handle -> {
            var batch = handle.prepareBatch("insert into checkpoint (reply, reasoning, start, piece) values (?, ?, ?, ?)");
            pieces.forEach(piece -> batch.add(piece.reply(), piece.reasoning(), piece.start(), piece.text()));
            batch.execute();
            return handle.createQuery("select max(id) from checkpoint").mapTo(Long.class).one();
        });
    }

    /// Drops the pieces up to an id, when the replies that they belong to have all ended.
    public void sweep(long upTo) {
        database.write(handle -> handle.createUpdate("delete from checkpoint where id <= :id").bind("id", upTo).execute());
    }

    static void clear(Handle handle) {
        handle.execute("delete from checkpoint");
    }

    /// What is kept of each reply, in order.
    static Map<String, List<Piece>> pieces(Handle handle) {
        return handle.createQuery("select reply, reasoning, start, piece from checkpoint order by id")
                .map((row, context) -> new Piece(row.getString(1), row.getBoolean(2), row.getInt(3), row.getString(4)))
                .collect(Collectors.groupingBy(Piece::reply));
    }

    /// A text with the pieces that fit on to it, one behind the other; those of an earlier run of the reply do not fit.
    static Snapshot joined(Snapshot text, List<Piece> pieces) {
        var reasoning = new Joined(text.reasoningText(), text.reasoningLength());
        var content = new Joined(text.contentText(), text.contentLength());
        pieces.forEach(piece -> (piece.reasoning() ? reasoning : content).add(piece));
        return Snapshot.of(reasoning.text.toString(), content.text.toString(), text.stops(), text.end());
    }

    private static final class Joined {
        private final StringBuilder text;
        private int length;

        Joined(String text, int length) {
            this.text = new StringBuilder(text);
            this.length = length;
        }

        void add(Piece piece) {
            if (piece.start() == length) {
                text.append(piece.text());
                length += piece.text().getBytes(StandardCharsets.UTF_8).length;
            }
        }
    }
}
