package runnel.store;

/// The number that counts up with everything that shuts somebody out, by whatever process.
public final class Revocations {
    private Revocations() {}

    static long number(Sql sql) {
        return sql.number("select number from revocation");
    }

    static int count(Sql sql) {
        return sql.update("update revocation set number = number + 1");
    }
}
