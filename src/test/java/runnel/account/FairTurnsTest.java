package runnel.account;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FairTurnsTest {
    private final FairTurns turns = new FairTurns();
    private final List<String> done = new ArrayList<>();

    private boolean add(String network, String name) {
        return turns.add(new Requester(network, false), () -> done.add(name));
    }

    private List<String> run() {
        for (var next = turns.next(); next.isPresent(); next = turns.next()) {
            next.get().run();
        }
        return done;
    }

    @Test
    void a_network_that_sends_many_waits_for_itself() {
        List.of("a1", "a2", "a3", "b1", "c1").forEach(name -> add(name.substring(0, 1), name));
        assertEquals(List.of("a1", "b1", "c1", "a2", "a3"), run());
    }

    @Test
    void who_is_known_has_every_other_turn() {
        List.of("a1", "b1", "c1").forEach(name -> add(name.substring(0, 1), name));
        List.of("ada", "bob").forEach(name -> turns.add(Requester.account(name), () -> done.add(name)));
        assertEquals(List.of("ada", "a1", "bob", "b1", "c1"), run());
    }

    @Test
    void who_is_known_has_room_when_others_take_all_of_theirs() {
        for (int i = 0; i < FairTurns.MAX_OTHERS; i++) {
            assertTrue(add("n" + i, "guess"));
        }
        assertFalse(add("one more", "guess"));
        assertTrue(turns.add(Requester.account("ada"), () -> done.add("ada")));
        run();
        assertEquals(Optional.empty(), turns.next());
        assertTrue(add("one more", "guess"));
    }

    @Test
    void a_network_has_only_so_many_waiting() {
        for (int i = 0; i < FairTurns.MAX_OF_NETWORK; i++) {
            assertTrue(add("a", "guess"));
        }
        assertFalse(add("a", "guess"));
        assertTrue(add("b", "guess"));
    }

    @Test
    void an_account_that_sends_many_waits_for_itself_and_has_only_so_many_waiting() {
        for (int i = 0; i < FairTurns.MAX_OF_ACCOUNT; i++) {
            assertTrue(turns.add(Requester.account("eve"), () -> done.add("eve")));
        }
        assertFalse(turns.add(Requester.account("eve"), () -> done.add("eve")));
        assertTrue(turns.add(Requester.account("ada"), () -> done.add("ada")));
        assertEquals(List.of("eve", "ada", "eve"), run().subList(0, 3));
    }
}
