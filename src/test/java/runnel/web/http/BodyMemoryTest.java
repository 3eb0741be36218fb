package runnel.web.http;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import runnel.chat.Refused;

class BodyMemoryTest {
    private final BodyMemory memory = new BodyMemory(100);
    private final List<String> givenUp = new ArrayList<>();

    private BodyMemory.Claim begin(String sender, String name, long bytes) {
        var share = memory.begin(sender, () -> givenUp.add(name));
        share.grow(bytes);
        return share;
    }

    @Test
    void where_all_is_taken_the_oldest_bodies_are_given_up_and_no_more_of_them_than_needed() {
        begin("eve", "first", 40);
        begin("eve", "second", 40);
        begin("eve", "third", 20);
        begin("ada", "fourth", 50);
        assertEquals(List.of("first", "second"), givenUp);
    }

    @Test
    void who_sends_many_at_once_loses_their_own_before_others_lose_theirs() {
        begin("ada", "first", 30);
        begin("eve", "second", 30);
        begin("eve", "third", 30);
        begin("eve", "fourth", 30);
        assertEquals(List.of("second"), givenUp);
    }

    @Test
    void a_body_that_has_come_is_not_given_up_and_one_that_was_gets_no_more_room() {
        var first = begin("ada", "first", 60);
        first.arrived();
        var second = begin("eve", "second", 40);
        assertEquals(503, assertThrows(Refused.class, () -> begin("bob", "third", 50)).problem().status());
        begin("bob", "fourth", 40);
        assertEquals(List.of("second"), givenUp);
        assertThrows(Refused.class, () -> second.grow(41));
    }

    @Test
    void what_a_body_took_is_there_for_the_next_once() {
        begin("ada", "first", 100).close();
        var second = begin("ada", "second", 100);
        second.close();
        second.close();
        begin("ada", "third", 100);
        assertThrows(Refused.class, () -> begin("ada", "fourth", 101));
        assertDoesNotThrow(() -> begin("ada", "fifth", 100));
        assertEquals(List.of("third"), givenUp);
    }
}
