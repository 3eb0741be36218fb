package runnel.store;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
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
        return database.write(sql -> {
            pieces.forEach(piece -> sql.update("insert into checkpoint (reply, reasoning, start, piece) values (?, ?, ?, ?)",
                    piece.reply(), piece.reasoning(), piece.start(), piece.text()));
            return sql.number("select max(id) from checkpoint");
        });
    }

    /// Drops the pieces up to an id, when the replies that they belong to have all ended.
    public void sweep(long upTo) {
        database.write(sql -> sql.update("delete from checkpoint where id <= ?", upTo));
    }

    static void clear(Sql sql) {
        sql.update("delete from checkpoint");
    }

    /// What is kept of each reply, in order.
    static Map<String, List<Piece>> pieces(Sql sql) {
        return sql.list("select reply, reasoning, start, piece from checkpoint order by id",
                        row -> new Piece(row.getString(1), row.getBoolean(2), row.getInt(3), row.getString(4)))
                .stream().collect(Collectors.groupingBy(Piece::reply));
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
