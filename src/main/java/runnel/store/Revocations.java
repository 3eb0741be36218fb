package runnel.store;

/// The number that counts up with everything that shuts somebody out, by whatever process.
public final class Revocations {
    private final Database database;

    public Revocations(Database database) {
        this.database = database;
    }

    public long number() {
        return database.read(sql -> sql.number("select number from revocation"));
    }

    static int count(Sql sql) {
        return sql.update("update revocation set number = number + 1");
    }
}
