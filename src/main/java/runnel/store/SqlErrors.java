package runnel.store;

import java.sql.SQLException;
import java.util.Set;
import org.sqlite.SQLiteErrorCode;

/// Tells a database that cannot write from work that it does not accept.
final class SqlErrors {
    private static final int PRIMARY = 0xff;
    private static final Set<SQLiteErrorCode> CODES = Set.of(SQLiteErrorCode.SQLITE_FULL, SQLiteErrorCode.SQLITE_IOERR,
            SQLiteErrorCode.SQLITE_READONLY, SQLiteErrorCode.SQLITE_BUSY, SQLiteErrorCode.SQLITE_LOCKED, SQLiteErrorCode.SQLITE_CORRUPT,
            SQLiteErrorCode.SQLITE_CANTOPEN, SQLiteErrorCode.SQLITE_NOMEM, SQLiteErrorCode.SQLITE_NOTADB);

    private SqlErrors() {}

    static boolean isOne(Throwable failure) {
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                return CODES.contains(SQLiteErrorCode.getErrorCode(sql.getErrorCode() & PRIMARY));
            }
        }
        return false;
    }
}
