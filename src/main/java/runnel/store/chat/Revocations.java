package runnel.store.chat;

import runnel.store.Sql;

/// The number that counts up with everything that shuts somebody out, by whatever process.
public final class Revocations {
    private Revocations() {}

    public static long number(Sql sql) {
        return sql.number("select number from revocation");
    }

    public static int count(Sql sql) {
        return sql.update("update revocation set number = number + 1");
    }
}
