package runnel.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
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
}
