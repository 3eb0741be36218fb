package runnel.store;

/// The number that counts up with everything that shuts somebody out, by whatever process.
public record Revocations(Database database) {
    public long number() {
        return database.read(sql -> sql.number("select number from revocation"));
    }

    static int count(Sql sql) {
        return sql.update("update revocation set number = number + 1");
    }
}
