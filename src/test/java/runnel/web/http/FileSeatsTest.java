package runnel.web.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import runnel.chat.Refused;

class FileSeatsTest {
    private final List<String> givenUp = new ArrayList<>();
    private final FileSeats seats = new FileSeats(3);

    private FileSeats.Seat take(FileSeats seats, String sender, String name, long bytes) {
        var seat = seats.take(sender, () -> givenUp.add(name));
        seat.came(bytes);
        return seat;
    }

    @Test
    void a_newcomer_takes_the_slowest_place_of_whoever_has_most() {
        take(seats, "eve", "first", 2_000);
        take(seats, "eve", "second", 1_000);
        take(seats, "ada", "third", 0);
        take(seats, "bob", "fourth", 0);
        assertEquals(List.of("second"), givenUp);
    }

    @Test
    void who_has_as_many_gets_none_and_a_place_comes_back_once() {
        var first = take(seats, "ada", "first", 0);
        take(seats, "bob", "second", 0);
        take(seats, "cora", "third", 0);
        assertEquals(503, assertThrows(Refused.class, () -> take(seats, "dan", "fourth", 0)).problem().status());
        first.close();
        first.close();
        take(seats, "dan", "fourth", 0);
        assertThrows(Refused.class, () -> take(seats, "eve", "fifth", 0));
        assertEquals(List.of(), givenUp);
    }

    @Test
    void a_slow_file_gives_its_place_to_anybody_unless_it_has_come_whole() {
        var impatient = new FileSeats(2, Duration.ZERO);
        take(impatient, "ada", "first", Long.MAX_VALUE);
        var slow = take(impatient, "bob", "second", 0);
        slow.arrived();
        assertThrows(Refused.class, () -> take(impatient, "cora", "third", 0));
        slow.close();
        take(impatient, "bob", "fourth", 0);
        take(impatient, "cora", "fifth", 0);
        assertEquals(List.of("fourth"), givenUp);
    }
}
