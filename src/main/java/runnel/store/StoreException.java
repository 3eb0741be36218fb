package runnel.store;

/// The database did not do what was asked: full, locked, unwritable or gone. Nothing of the work was kept.
public final class StoreException extends RuntimeException {
    public StoreException(String message, Throwable cause) {
        super(message, cause);
    }
}
