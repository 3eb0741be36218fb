package runnel.account;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import runnel.chat.Secret;

class PasswordsTest {
    private static final Secret GOOD = new Secret("a long enough one");
    private final Passwords passwords = new Passwords();

    @AfterEach
    void close() {
        passwords.close();
    }

    @Test
    void a_hash_is_argon2id_with_owasps_parameters_and_fits_its_password_only() {
        var hash = passwords.hash(GOOD, Requester.account("ada"));
        assertTrue(hash.startsWith("$argon2id$v=19$m=19456,t=2,p=1$"), hash);
        assertTrue(passwords.fits(GOOD, Optional.of(hash), Requester.account("ada")));
        assertFalse(passwords.fits(new Secret("a long enough One"), Optional.of(hash), Requester.account("ada")));
        assertFalse(passwords.fits(GOOD, Optional.empty(), Requester.account("ada")));
    }

    @Test
    void a_hash_by_another_library_is_understood() {
        // of the reference implementation: echo -n password | argon2 somesalt -id -t 2 -k 65536 -p 1
        var reference = "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";
        assertTrue(passwords.fits(new Secret("password"), Optional.of(reference), Requester.account("ada")));
        assertTrue(passwords.outdated(reference));
        assertFalse(passwords.outdated(passwords.hash(GOOD, Requester.account("ada"))));
    }

    @Test
    void the_same_password_has_another_hash_each_time() {
        assertNotEquals(passwords.hash(GOOD, Requester.account("ada")), passwords.hash(GOOD, Requester.account("ada")));
    }

    @Test
    void the_same_letters_typed_on_another_system_fit() {
        var composed = passwords.hash(new Secret("caf\u00e9 au lait bitte"), Requester.account("ada"));
        assertTrue(passwords.fits(new Secret("cafe\u0301 au lait bitte"), Optional.of(composed), Requester.account("ada")));
    }

    @Test
    void an_unknown_user_costs_the_same_time() {
        var hash = Optional.of(passwords.hash(GOOD, Requester.account("ada")));
        passwords.fits(GOOD, Optional.empty(), Requester.account("ada"));
        var known = new ArrayList<Long>();
        var unknown = new ArrayList<Long>();
        for (int i = 0; i < 9; i++) {
            known.add(time(() -> passwords.fits(GOOD, hash, Requester.account("ada"))));
            unknown.add(time(() -> passwords.fits(GOOD, Optional.empty(), Requester.account("ada"))));
        }
        double ratio = (double) median(unknown) / median(known);
        assertTrue(ratio > 0.5 && ratio < 2, () -> "unknown users take " + ratio + " times as long");
    }

    private static long time(Runnable work) {
        long began = System.nanoTime();
        work.run();
        return System.nanoTime() - began;
    }

    private static long median(List<Long> times) {
        return times.stream().sorted().skip(times.size() / 2).findFirst().orElseThrow();
    }

    @Test
    void many_at_once_wait_for_each_other() throws Exception {
        try (var slow = new Passwords(new Argon2(8, 1, 1), 1); var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var all = java.util.stream.IntStream.range(0, 60).<Callable<String>>mapToObj(i -> () -> slow.hash(GOOD, Requester.account("a" + i))).toList();
            for (var one : threads.invokeAll(all)) {
                assertTrue(one.get().startsWith("$argon2id$v=19$m=8,"));
            }
        }
    }

    @Test
    void short_common_and_own_ones_are_refused() {
        for (var bad : List.of("short", "password123", "Password123!", "1234567890", "qwertyuiop", "passwordpassword", "aaaaaaaaaaaa", "!!michael2024", "\uff50\uff41\uff53\uff53\uff57\uff4f\uff52\uff44\uff11\uff12\uff13", "ada@example.org")) {
            assertTrue(PasswordRules.wrongWith(new Secret(bad), "Ada", "ada@example.org").isPresent(), bad);
        }
        for (var good : List.of("a long enough one", "correct horse battery", "ÄÖÜ ist auch gut", "x9$kQ2!vbn")) {
            assertEquals(Optional.empty(), PasswordRules.wrongWith(new Secret(good), "Ada", "ada@example.org"), good);
        }
    }
}
