package runnel.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteDataSource;

class SqlTest {
    private static final String INSERT = "insert into thing (name, size) values (?, ?)";

    @TempDir
    Path folder;
    Sql sql;
    Sql other;

    @BeforeEach
    void open() {
        sql = opened();
        other = opened();
        sql.once("pragma journal_mode = wal");
        sql.update("create table thing (name text unique, size integer)");
    }

    @AfterEach
    void close() {
        sql.close();
        other.close();
    }

    private Sql opened() {
        var source = new SQLiteDataSource();
        source.setUrl("jdbc:sqlite:" + folder.resolve("things.db"));
        return Sql.open(source);
    }

    private List<String> names() {
        return other.list("select name from thing order by rowid", row -> row.text("name"));
    }

    @Test
    void a_value_comes_back_as_it_was_and_an_empty_optional_is_null() {
        sql.update(INSERT, "one", Optional.of(1L << 40));
        sql.update(INSERT, Optional.of("two"), Optional.empty());
        sql.update(INSERT, Optional.empty(), true);

        assertEquals(1L << 40, sql.number("select size from thing where name = ?", "one"));
        assertEquals(Optional.empty(), sql.first("select size from thing where name = 'two'", row -> row.text("size")));
        assertEquals(1, sql.number("select size from thing where name is null"));
        assertEquals(Optional.empty(), sql.first("select size from thing where name = ?", row -> row.number("size"), "three"));
    }

    @Test
    void a_statement_forgets_its_last_values() {
        sql.update(INSERT, "one", 1);
        sql.update(INSERT);
        assertEquals(1, sql.number("select count(*) from thing where name is null and size is null"));
    }

    @Test
    void a_statement_that_was_refused_works_the_next_time_and_what_it_was_given_is_not_told() {
        sql.update(INSERT, "secret", 1);
        sql.begin();
        var log = new StringWriter();
        assertThrows(StoreFault.class, () -> sql.update(INSERT, "secret", 2)).printStackTrace(new PrintWriter(log));
        assertEquals(1, sql.update(INSERT, "free", 3));
        sql.commit();

        assertEquals(List.of("secret", "free"), names());
        assertFalse(log.toString().contains("secret"), log.toString());
    }

    @Test
    void a_statement_that_waited_in_vain_for_a_lock_works_the_next_time() {
        sql.update(INSERT, "one", 1);
        other.once("pragma busy_timeout = 1");
        sql.begin();
        assertThrows(StoreException.class, () -> other.begin());
        sql.commit();
        other.begin();
        other.rollback();
    }

    @Test
    void who_has_read_holds_nothing_back() {
        sql.update(INSERT, "one", 1);
        sql.update(INSERT, "two", 2);
        assertEquals(Optional.of("one"), other.first("select name from thing", row -> row.text("name")));
        assertThrows(IllegalStateException.class, () -> other.view(view -> view.list("select name from thing", row -> {
            throw new IllegalStateException();
        })));
        sql.update(INSERT, "three", 3);

        assertEquals(0, sql.number("pragma wal_checkpoint(truncate)"), "not busy");
    }

    @Test
    void a_view_does_not_change_while_it_is_looked_at() {
        var seen = other.view(view -> {
            long before = view.number("select count(*) from thing");
            sql.update(INSERT, "one", 1);
            return view.number("select count(*) from thing") - before;
        });
        assertEquals(0, seen);
        assertEquals(List.of("one"), names());
    }

    @Test
    void what_follows_a_commit_follows_only_what_was_kept() {
        var told = new ArrayList<String>();
        sql.begin();
        sql.afterCommit(() -> told.add("kept"));
        sql.beginPart();
        sql.afterCommit(() -> told.add("undone"));
        sql.undoPart();
        sql.endPart();
        sql.afterCommit(() -> {
            throw new IllegalStateException("a fault");
        });
        sql.beginPart();
        sql.afterCommit(() -> told.add("kept too"));
        sql.endPart();
        assertEquals(List.of(), told);
        sql.commit();
        sql.followCommit();
        sql.begin();
        sql.afterCommit(() -> told.add("rolled back"));
        sql.rollback();
        sql.begin();
        sql.commit();
        sql.followCommit();

        assertEquals(List.of("kept", "kept too"), told);
    }
}
