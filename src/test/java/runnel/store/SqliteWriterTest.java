package runnel.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteDataSource;
import org.sqlite.jdbc4.JDBC4Connection;

class SqliteWriterTest {
    @TempDir
    Path folder;

    /// How often there is no memory to take a transaction back.
    private final AtomicInteger noMemory = new AtomicInteger();

    private SQLiteDataSource source() {
        return new SQLiteDataSource() {
            @Override
            public SQLiteConnection getConnection() throws SQLException {
                var file = folder.resolve("things.db").toString();
                return new JDBC4Connection("jdbc:sqlite:" + file, file, new Properties()) {
                    @Override
                    public PreparedStatement prepareStatement(String sql) throws SQLException {
                        if (sql.equals("rollback") && noMemory.getAndDecrement() > 0) {
                            throw new OutOfMemoryError("as it would be");
                        }
                        return super.prepareStatement(sql);
                    }
                };
            }
        };
    }

    @Test
    void where_even_taking_back_fails_a_write_fails_alone_and_the_writer_goes_on() throws Exception {
        try (var writer = new SqliteWriter(source())) {
            writer.write(sql -> sql.update("create table thing (name text)"));
            noMemory.set(2);
            var lost = CompletableFuture.supplyAsync(() -> writer.write(sql -> {
                sql.update("insert into thing (name) values ('half')");
                throw new IllegalStateException("a fault");
            }));
            assertThrows(ExecutionException.class, () -> lost.get(20, TimeUnit.SECONDS));
            assertThrows(OutOfMemoryError.class, () -> writer.write(sql -> sql.update("insert into thing (name) values ('none')")));

            writer.write(sql -> sql.update("insert into thing (name) values ('whole')"));
            assertEquals("whole", writer.write(sql -> sql.first("select group_concat(name) as names from thing", row -> row.text("names"))
                    .orElseThrow()));
        }
    }

    @Test
    void writes_that_wait_together_for_a_lock_are_refused_together() throws Exception {
        try (var writer = new SqliteWriter(source()); var other = source().getConnection()) {
            writer.write(sql -> {
                sql.once("pragma busy_timeout = 300");
                return sql.update("create table thing (name text)");
            });
            var waiting = new ArrayList<Thread>();
            var writes = Stream.generate(CompletableFuture<Integer>::new).limit(8).toList();
            writer.write(sql -> {
                writes.forEach(write -> waiting.add(Thread.startVirtualThread(() -> insert(writer, write))));
                while (waiting.stream().anyMatch(thread -> thread.getState() != Thread.State.WAITING)) {
                    Thread.onSpinWait();
                }
                sql.afterCommit(() -> run(other, "begin immediate"));
                return 0;
            });
            CompletableFuture.anyOf(writes.toArray(CompletableFuture[]::new)).exceptionally(_ -> 0).get(20, TimeUnit.SECONDS);
            run(other, "rollback");

            for (var write : writes) {
                assertInstanceOf(StoreException.class, assertThrows(ExecutionException.class, () -> write.get(20, TimeUnit.SECONDS)).getCause());
            }
            assertTrue(writer.refusing());
            writer.write(sql -> sql.update("insert into thing (name) values ('later')"));
            assertFalse(writer.refusing());
        }
    }

    private static void insert(SqliteWriter writer, CompletableFuture<Integer> result) {
        try {
            result.complete(writer.write(sql -> sql.update("insert into thing (name) values ('refused')")));
        } catch (StoreException refused) {
            result.completeExceptionally(refused);
        }
    }

    private static void run(Connection connection, String sql) {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException refused) {
            throw new AssertionError(refused);
        }
    }
}
