package runnel.store;

/// The database cannot do now what was asked: full, locked, unwritable, gone or closed. Nothing of the work was kept; it may work later.
public final class StoreException extends RuntimeException {
    public StoreException(String message, Throwable cause) {
        super(message, cause);
    }
}
