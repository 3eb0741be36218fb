package runnel.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ChatTest {
    @Test
    void a_title_is_the_first_line_that_says_something() {
        assertEquals("What is a runnel?", Chat.titleFor("\n \r\n  What is a runnel?  \nTell me more."));
    }

    @Test
    void a_long_title_is_cut_at_a_word() {
        var title = Chat.titleFor("one two three four five six seven eight nine ten eleven twelve thirteen");
        assertEquals("one two three four five six seven eight nine ten eleven…", title);
    }

    @Test
    void a_long_word_is_cut_where_it_must_be_and_never_inside_a_character() {
        var title = Chat.titleFor("😀".repeat(100));
        assertEquals("😀".repeat(60) + "…", title);
    }

    @Test
    void nothing_gives_no_title() {
        assertEquals("", Chat.titleFor(" \n\t\n"));
    }

    @Test
    void a_secret_shows_in_nothing_that_prints_it() {
        var secret = new Secret("sk-12345");
        assertEquals("***", secret.toString());
        assertFalse(String.valueOf(java.util.List.of(secret)).contains("12345"));
        assertTrue(secret.equals(new Secret("sk-12345")));
    }
}
