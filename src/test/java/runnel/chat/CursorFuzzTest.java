package runnel.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// What a reader may send as its cursor.
class CursorFuzzTest {
    private static final Snapshot TEXT = Snapshot.of("hm é漢😀", "so é漢😀 it is", 1, Optional.of(End.of(Status.STOPPED)));
    private static final Reply REPLY = new Reply("r", "c", "o", "p", "m", 1, 0);

    @FuzzTest(maxDuration = "10m")
    void what_is_read_as_a_cursor_is_written_and_read_as_the_same(byte[] bytes) {
        Cursor.parse(new String(bytes, StandardCharsets.UTF_8)).ifPresent(cursor -> {
            assertTrue(cursor.toString().length() <= 64 && cursor.toString().matches("[a-z0-9.]+"), cursor::toString);
            assertEquals(Optional.of(cursor), Cursor.parse(cursor.toString()));
        });
    }

    @FuzzTest(maxDuration = "10m")
    void whatever_comes_as_a_cursor_the_reader_has_the_whole_or_the_rest_of_it(byte[] bytes) {
        var written = new String(bytes, StandardCharsets.UTF_8);
        var place = Place.at(REPLY, TEXT, Optional.of(written));
        int skipped = place.resumed() ? Cursor.parse(written).orElseThrow().place() : 0;
        var read = new StringBuilder();
        for (var event = place.next(TEXT, 4); event != null; event = place.next(TEXT, 4)) {
            if (event instanceof ReplyEvent.More(var _, var _, var text)) {
                read.append(text);
            }
        }
        assertEquals(new String(TEXT.bytes(), skipped, TEXT.length() - skipped, StandardCharsets.UTF_8), read.toString());
    }
}
