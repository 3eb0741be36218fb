package runnel.cli.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/// What a terminal gets to see.
class TextsTest {
    @Test
    void nothing_that_a_terminal_obeys_comes_through() {
        for (var attack : new String[] {"\u001b]52;c;cm0gLXJm\u0007", "\u001b[2J", "\u009b31m", "\u001bP+q\u001b\\", "\u0090x\u009c", "a\rb", "\b\b", "\u007f", "\u202eevil\u2066"}) {
            var shown = Printable.of("x" + attack + "y");
            assertTrue(shown.chars().noneMatch(c -> Character.isISOControl(c) || c >= 0x202a && c <= 0x202e || c >= 0x2066 && c <= 0x2069), shown);
            assertEquals(attack.length() + 2, shown.length());
        }
        assertEquals("a\n\tb 👩‍🚀 漢字 é", Printable.of("a\r\n\tb 👩‍🚀 漢字 é"));
        assertEquals("a b", Printable.line("a\nb"));
    }

    @Test
    void a_text_that_comes_again_is_shown_once() {
        var seen = new SeenText();
        assertEquals("one ", seen.unseen("one "));
        assertEquals("two", seen.unseen("two"));
        seen.restart();
        assertEquals("", seen.unseen("o"));
        assertEquals("", seen.unseen("ne t"));
        assertEquals(2, seen.beyond());
        assertEquals(" three", seen.unseen("wo three"));
        assertEquals(0, seen.beyond());
    }

    @Test
    void a_text_that_goes_on_otherwise_is_shown_as_a_whole() {
        var seen = new SeenText();
        seen.unseen("one two");
        seen.restart();
        assertEquals("", seen.unseen("one "));
        assertEquals("\n\none other", seen.unseen("other"));
        assertTrue(seen.hasTurned());
        assertEquals(" end", seen.unseen(" end"));
        seen.restart();
        assertEquals("!", seen.unseen("one other end!"));
    }
}
