package runnel.faults;

import runnel.store.Database;
import runnel.store.Sql;
import runnel.store.StoreException;

/// A disk on which there is no room, until it is closed: SQLite may not make its file larger, and what was free inside is
/// taken, so that it says "database or disk is full" (SQLITE_FULL) to whatever needs another page. A few bytes may still
/// fit into a page that has some left, as on a real disk.
public final class FullDisk implements AutoCloseable {
    private final Database database;

    private FullDisk(Database database) {
        this.database = database;
    }

    public static FullDisk under(Database database) {
        database.write(sql -> sql.update("create table if not exists ballast (bytes blob)"));
        database.write(FullDisk::shut);
        var disk = new FullDisk(database);
        while (disk.takesMore()) {
            // free pages are filled one by one
        }
        return disk;
    }

    private static boolean shut(Sql sql) {
        sql.once("pragma max_page_count = " + sql.number("pragma page_count"));
        return true;
    }

    private static boolean open(Sql sql) {
        sql.once("pragma max_page_count = 1000000000");
        return true;
    }

    private boolean takesMore() {
        try {
            return database.write(sql -> sql.update("insert into ballast values (zeroblob(3000))")) > 0;
        } catch (StoreException full) {
            return false;
        }
    }

    /// Somebody cleans up.
    @Override
    public void close() {
        database.write(FullDisk::open);
        database.write(sql -> sql.update("drop table ballast"));
    }
}
