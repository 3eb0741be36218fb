package runnel.store;

import org.jdbi.v3.core.Handle;

/// The number that counts up with everything that shuts somebody out, by whatever process.
public final class Revocations {
    private final Database database;

    public Revocations(Database database) {
        this.database = database;
    }

    public long number() {
        return database.read(handle -> handle.createQuery("select number from revocation").mapTo(Long.class).one());
    }

    static int count(Handle handle) {
        return handle.createUpdate("update revocation set number = number + 1").execute();
    }
}
