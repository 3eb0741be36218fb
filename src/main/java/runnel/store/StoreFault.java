package runnel.store;

import java.sql.SQLException;
import java.util.Set;
import org.sqlite.SQLiteErrorCode;

/// The database does not accept the work and never will: a constraint, or a fault of the program. Nothing of the work was kept,
/// and to repeat it is of no use.
public final class StoreFault extends RuntimeException {
    private static final int PRIMARY = 0xff;
    private static final Set<SQLiteErrorCode> PASSING = Set.of(SQLiteErrorCode.SQLITE_FULL, SQLiteErrorCode.SQLITE_IOERR,
            SQLiteErrorCode.SQLITE_READONLY, SQLiteErrorCode.SQLITE_BUSY, SQLiteErrorCode.SQLITE_LOCKED, SQLiteErrorCode.SQLITE_CORRUPT,
            SQLiteErrorCode.SQLITE_CANTOPEN, SQLiteErrorCode.SQLITE_NOMEM, SQLiteErrorCode.SQLITE_NOTADB, SQLiteErrorCode.SQLITE_INTERRUPT);

    public StoreFault(String message, Throwable cause) {
        super(message, cause);
    }

    /// What SQLite's refusal is: one of the two.
    static RuntimeException of(SQLException refused) {
        var code = SQLiteErrorCode.getErrorCode(refused.getErrorCode() & PRIMARY);
        return PASSING.contains(code) ? new StoreException("the database refused", refused)
                : new StoreFault("the database does not accept this", refused);
    }
}
