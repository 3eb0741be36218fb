package runnel.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import runnel.account.Email;

class SessionsTest extends StoreTest {
    @Test
    void who_was_let_in_by_a_password_that_was_changed_meanwhile_stays_outside() {
        var accounts = new Accounts(database);
        var sessions = new Sessions(database);
        var user = accounts.add("Ada", Email.of("ada@example.org").orElseThrow(), Optional.of("old hash"), true, true).orElseThrow();
        assertTrue(sessions.begin(user.id(), Optional.of("old hash"), false, "", "").isPresent());
        accounts.password(user.id(), "new hash");

        assertEquals(Optional.empty(), sessions.begin(user.id(), Optional.of("old hash"), false, "", ""));
        assertEquals(List.of(), sessions.list(user.id()));
        assertTrue(sessions.begin(user.id(), Optional.of("new hash"), false, "", "").isPresent());
    }
}
