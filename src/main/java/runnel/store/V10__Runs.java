package runnel.store;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.flywaydb.core.api.migration.BaseJavaMigration;
import org.flywaydb.core.api.migration.Context;

/// Replies become logs of runs. In what earlier versions wrote, all reasoning came first, and then all text, which needs no words, so
/// that no row is written anew. But their checkpoints told a place in each of the two: what a crash has left in them goes into the
/// messages.
final class V10__Runs extends BaseJavaMigration {
    private static final int NAMED = 1;
    private static final int REASONING = 2;
    private static final int FLAGS = 2;

    /// What a reply that was running is known to say.
    private record Texts(ByteArrayOutputStream content, ByteArrayOutputStream reasoning) {
        Texts(String content, String reasoning) {
            this(new ByteArrayOutputStream(), new ByteArrayOutputStream());
            content().writeBytes(content.getBytes(StandardCharsets.UTF_8));
            reasoning().writeBytes(reasoning.getBytes(StandardCharsets.UTF_8));
        }
    }

    @Override
    public void migrate(Context context) throws SQLException {
        var connection = context.getConnection();
        try (var statement = connection.createStatement()) {
            statement.executeUpdate("alter table message add column runs text");
            statement.executeUpdate("alter table message add column calls text not null default ''");
        }
        var running = running(connection);
        join(connection, running);
        keep(connection, running);
    }

    private static Map<String, Texts> running(Connection connection) throws SQLException {
        var running = new HashMap<String, Texts>();
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("select id, content, reasoning from message where status = 'streaming'")) {
            while (rows.next()) {
                running.put(rows.getString(1), new Texts(rows.getString(2), rows.getString(3)));
            }
        }
        return running;
    }

    private static void join(Connection connection, Map<String, Texts> running) throws SQLException {
        var names = new HashMap<Integer, String>();
        try (var statement = connection.createStatement(); var rows = statement.executeQuery("select pieces from checkpoint order by id")) {
            while (rows.next()) {
                join(new PackedBytes.Reader(rows.getBytes(1)), names, running);
            }
        }
    }

    private static void join(PackedBytes.Reader in, Map<Integer, String> names, Map<String, Texts> running) {
        for (int number = 0; in.hasMore();) {
            int head = in.number();
            number += head >>> FLAGS;
            if ((head & NAMED) != 0) {
                names.put(number, in.piece().toString());
            }
            int start = in.number();
            var piece = in.piece();
            var texts = running.get(names.get(number));
            if (texts != null) {
                var text = (head & REASONING) != 0 ? texts.reasoning() : texts.content();
                if (text.size() == start) {
                    text.write(piece.bytes(), piece.from(), piece.length());
                }
            }
        }
    }

    private static void keep(Connection connection, Map<String, Texts> running) throws SQLException {
        try (var update = connection.prepareStatement("update message set content = ?, reasoning = ? where id = ?")) {
            for (var reply : running.entrySet()) {
                update.setString(1, reply.getValue().content().toString(StandardCharsets.UTF_8));
                update.setString(2, reply.getValue().reasoning().toString(StandardCharsets.UTF_8));
                update.setString(3, reply.getKey());
                update.executeUpdate();
            }
        }
        try (var statement = connection.createStatement()) {
            statement.executeUpdate("delete from checkpoint");
        }
    }
}
