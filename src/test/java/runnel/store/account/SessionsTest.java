package runnel.store.account;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import runnel.account.Credential;
import runnel.account.Email;
import runnel.reply.FragileDatabase;
import runnel.store.StoreTest;

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

    @Test
    void who_only_reads_is_let_in_while_the_disk_is_full() {
        var user = new Accounts(database).add("Ada", Email.of("ada@example.org").orElseThrow(), Optional.of("hash"), true, true).orElseThrow();
        var cookie = new Sessions(database).begin(user.id(), Optional.empty(), false, "", "").orElseThrow();
        var token = new PersonalTokens(database).make(user.id(), "script", Optional.empty()).value();
        database.write(sql -> sql.update("update session set seen = seen - 120000"));
        var full = new FragileDatabase(database);
        full.fill();

        assertEquals(user, new Sessions(full).pass(cookie).orElseThrow().user());
        assertEquals(user, new PersonalTokens(full).pass(token).orElseThrow().user());
    }

    @Test
    void who_is_let_in_does_not_wait_for_what_others_write_and_it_is_noted_afterwards() throws Exception {
        var user = new Accounts(database).add("Ada", Email.of("ada@example.org").orElseThrow(), Optional.of("hash"), true, true).orElseThrow();
        var sessions = new Sessions(database);
        var cookie = sessions.begin(user.id(), Optional.empty(), false, "", "").orElseThrow();
        database.write(sql -> sql.update("update session set seen = 0, idle = ends"));
        var held = new CountDownLatch(1);
        var locked = new CompletableFuture<Integer>();
        Thread.startVirtualThread(() -> database.write(_ -> {
            held.countDown();
            return locked.join();
        }));
        held.await();
        try {
            for (int i = 0; i < 5; i++) {
                var passing = CompletableFuture.supplyAsync(() -> sessions.pass(cookie));
                assertEquals(Optional.of(user), passing.completeOnTimeout(Optional.empty(), 20, TimeUnit.SECONDS).join().map(Credential::user));
            }
        } finally {
            locked.complete(0);
        }
        while (sessions.list(user.id()).getFirst().seen() == 0) {
            Thread.onSpinWait();
        }
    }
}
