package runnel.store;

import java.sql.SQLException;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.sqlite.SQLiteErrorCode;

/// The database cannot do now what was asked: full, locked, unwritable, gone or closed. Nothing of the work was kept; it may work later.
public final class StoreException extends RuntimeException {
    private static final int PRIMARY = 0xff;

    public StoreException(String message, Throwable cause) {
        super(message, cause);
    }

    /// Why SQLite refused, where it did: the end of a sentence about the database.
    public Optional<String> reason() {
        return Stream.iterate((Throwable) this, Objects::nonNull, Throwable::getCause).filter(SQLException.class::isInstance).findFirst()
                .map(refused -> reason((SQLException) refused));
    }

    /// The same, of what SQLite threw.
    public static String reason(SQLException refused) {
        return switch (SQLiteErrorCode.getErrorCode(refused.getErrorCode() & PRIMARY)) {
            case SQLITE_FULL -> "there is no room on its disk. Make some";
            case SQLITE_IOERR -> "its disk cannot be read or written";
            case SQLITE_CORRUPT, SQLITE_NOTADB -> "it is damaged. Restore a backup";
            case SQLITE_BUSY, SQLITE_LOCKED -> "it is locked by another program. End that one";
            case SQLITE_READONLY, SQLITE_CANTOPEN -> "it is not this user's, or its disk is read-only";
            default -> "it is locked, or not this user's";
        };
    }
}
