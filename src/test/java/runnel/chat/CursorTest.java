package runnel.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CursorTest {
    @Test
    void what_was_written_is_read_back() {
        var random = new Random(1);
        for (int i = 0; i < 1_000; i++) {
            var cursor = new Cursor(Id.epoch(), random.nextInt(Integer.MAX_VALUE), random.nextInt(1_000_000_000));
            assertEquals(Optional.of(cursor), Cursor.parse(cursor.toString()));
        }
    }

    @Test
    void even_the_largest_is_64_ascii_characters_at_most_that_need_no_escape_in_an_address() {
        var largest = new Cursor((1L << 53) - 1, Integer.MAX_VALUE, 999_999_999).toString();
        assertTrue(largest.length() <= 64, largest);
        assertTrue(largest.matches("[A-Za-z0-9._~-]+"), largest);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", ".", "..", "a", "a.1", "a.1.1.1", "a.1.-1", "-a.1.1", "a.-1.1", "A.1.1", "a.1.1 ", " a.1.1", "a.1.1\n",
        "a.99999999999.1", "a.9999999999.1", "a.1.9999999999", "zzzzzzzzzzzzz.1.1", "zzzzzzzzzzzzzz.1.1", "a.١.1", "a.1.1\u0000", "é.1.1",
        "a,1,1", "null", "a.0x1.1", "a.+1.1", "a.1e1.1"})
    void anything_else_is_no_cursor(String written) {
        assertEquals(Optional.empty(), Cursor.parse(written));
    }

    @Test
    void a_flood_is_no_cursor() {
        assertEquals(Optional.empty(), Cursor.parse("1".repeat(1_000_000)));
    }
}
