package runnel.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import runnel.chat.Refused;
import runnel.store.chat.Messages;

/// What every database must do.
abstract class DatabaseTest {
    @TempDir
    Path folder;
    Database database;

    /// Opens the same database, new at first.
    abstract Database open();

    @BeforeEach
    void begin() {
        database = open();
        database.write(sql -> sql.update("create table thing (name text primary key)"));
    }

    @AfterEach
    void end() {
        database.close();
    }

    private int insert(String name) {
        return database.write(sql -> sql.update("insert into thing (name) values (?)", name));
    }

    private int count() {
        return database.read(sql -> (int) sql.number("select count(*) from thing"));
    }

    @Test
    void what_was_written_is_read_at_once_and_after_it_was_opened_again() {
        insert("kept");
        assertEquals(1, count());
        database.close();
        database = open();
        assertEquals(1, count());
    }

    @Test
    void what_the_work_throws_comes_through_and_undoes_the_work() {
        var thrown = assertThrows(Refused.class, () -> database.write(sql -> {
            sql.update("insert into thing (name) values ('half')");
            throw Refused.notFound();
        }));
        assertEquals(404, thrown.problem().status());
        assertEquals(0, count());
    }

    @Test
    void what_the_database_never_accepts_is_a_fault_and_undoes_the_work() {
        insert("once");
        assertThrows(StoreFault.class, () -> database.write(sql -> {
            sql.update("insert into thing (name) values ('before')");
            return sql.update("insert into thing (name) values ('once')");
        }));
        assertEquals(1, count());
    }

    @Test
    void a_reader_cannot_write() {
        assertThrows(StoreException.class, () -> database.read(sql -> sql.update("insert into thing (name) values ('sneaked in')")));
        assertEquals(0, count());
    }

    @Test
    void each_of_many_writes_that_come_at_once_succeeds_or_fails_alone() throws Exception {
        insert("taken");
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var busy = new CountDownLatch(1);
            var holding = threads.submit(() -> database.write(sql -> awaited(busy))); // so that the others come as one group
            var writes = new ArrayList<Future<Integer>>();
            IntStream.range(0, 300).forEach(i -> writes.add(threads.submit(() -> insert(i % 3 == 0 ? "taken" : "free " + i))));
            busy.countDown();
            holding.get();
            int failed = 0;
            for (var write : writes) {
                failed += failed(write) ? 1 : 0;
            }
            assertEquals(100, failed);
            assertEquals(201, count());
        }
    }

    private static boolean awaited(CountDownLatch latch) {
        try {
            latch.await();
            return true;
        } catch (InterruptedException stopped) {
            throw new AssertionError(stopped);
        }
    }

    private static boolean failed(Future<Integer> write) throws InterruptedException {
        try {
            return write.get() != 1;
        } catch (java.util.concurrent.ExecutionException refused) {
            return refused.getCause() instanceof StoreFault;
        }
    }

    @Test
    void reads_do_not_wait_for_a_write() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var busy = new CountDownLatch(1);
            var begun = new CountDownLatch(1);
            var writing = threads.submit(() -> database.write(sql -> {
                sql.update("insert into thing (name) values ('later')");
                begun.countDown();
                return awaited(busy);
            }));
            begun.await();
            assertEquals(0, count());
            busy.countDown();
            writing.get();
            assertEquals(1, count());
        }
    }

    @Test
    void a_closed_database_refuses_as_a_full_one_does() {
        database.close();
        assertThrows(StoreException.class, () -> insert("too late"));
        assertThrows(StoreException.class, this::count);
        database = open();
    }

    @Test
    void what_was_being_written_when_it_is_closed_is_kept() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var busy = new CountDownLatch(1);
            var begun = new CountDownLatch(1);
            var write = threads.submit(() -> database.write(sql -> {
                begun.countDown();
                awaited(busy);
                return sql.update("insert into thing (name) values ('kept')");
            }));
            begun.await();
            var closing = threads.submit(database::close);
            busy.countDown();
            assertEquals(1, write.get());
            closing.get();
        }
        database = open();
        assertEquals(1, count());
    }

    @Test
    void a_message_needs_its_chat() {
        assertThrows(StoreFault.class, () -> database.write(sql -> {
            Messages.insertPrompt(sql, "m", "no such chat", java.util.Optional.empty(), "hello", java.util.Optional.empty(), 0);
            return null;
        }));
    }

    @Test
    void an_error_behind_a_commit_makes_no_group_run_again() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var busy = new CountDownLatch(1);
            var holding = threads.submit(() -> database.write(sql -> awaited(busy))); // so that the others come as one group
            var writes = IntStream.range(0, 20).mapToObj(i -> threads.submit(() -> database.write(sql -> {
                sql.afterCommit(() -> {
                    throw new OutOfMemoryError("a test");
                });
                return sql.update("insert into thing (name) values (?)", "thing " + i);
            }))).toList();
            busy.countDown();
            holding.get();
            for (var write : writes) {
                assertEquals(1, write.get());
            }
        }
        assertEquals(20, count());
    }

    @Test
    void an_error_in_one_work_undoes_only_that_and_the_next_is_done() {
        assertThrows(StackOverflowError.class, () -> database.write(sql -> {
            sql.update("insert into thing (name) values ('half')");
            throw new StackOverflowError("a test");
        }));
        insert("next");
        assertEquals(1, count());
    }

    @Test
    void a_search_of_one_person_keeps_nobody_waiting_and_is_ended_when_it_takes_too_long() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var searches = IntStream.range(0, 8).mapToObj(_ -> threads.submit(() -> database.search("me", sql -> sql.number("""
                    with recursive number (n) as (select 1 union all select n + 1 from number where n < 1000000000)
                    select count(*) from number""")))).toList();
            assertEquals(0, count());
            for (var search : searches) {
                assertThrows(java.util.concurrent.ExecutionException.class, search::get);
                assertEquals("search-too-slow", ((Refused) search.exceptionNow()).problem().code());
            }
        }
        assertEquals(0L, database.<Long>search("me", sql -> sql.number("select count(*) from thing")), "and leaves nothing behind");
    }

    @Test
    void who_reads_or_searches_when_it_is_closed_is_told() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var reads = IntStream.range(0, 20).mapToObj(_ -> threads.submit(() -> database.read(sql -> sql.number("""
                    with recursive number (n) as (select 1 union all select n + 1 from number where n < 1000000000)
                    select count(*) from number""")))).toList();
            count(database);
            database.close();
            for (var read : reads) {
                assertThrows(java.util.concurrent.ExecutionException.class, read::get);
            }
        }
        database = open();
    }

    /// A write, which is behind all that was sent before.
    private static void count(Database database) {
        database.write(sql -> sql.number("select count(*) from thing"));
    }

    @Test
    void it_answers_when_it_is_asked_for_nothing() {
        database.check();
    }
}
