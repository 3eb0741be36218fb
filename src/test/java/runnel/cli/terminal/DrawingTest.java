package runnel.cli.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import runnel.cli.terminal.TerminalSize.Size;

/// Markdown in a terminal, which is a small one that knows what is needed.
class DrawingTest {
    private static final int WIDTH = 40;

    /// What a terminal of so many columns shows when it has read all of it.
    private static String shown(String written) {
        var rows = new ArrayList<StringBuilder>(List.of(new StringBuilder()));
        int row = 0;
        int column = 0;
        for (int i = 0; i < written.length(); i++) {
            char c = written.charAt(i);
            if (c == '\033') {
                int end = i + 2;
                while (!Character.isLetter(written.charAt(end))) {
                    end++;
                }
                var number = written.substring(i + 2, end);
                switch (written.charAt(end)) {
                    case 'A' -> row -= Integer.parseInt(number);
                    case 'J' -> {
                        rows.subList(row + 1, rows.size()).clear();
                        rows.get(row).setLength(column);
                    }
                    case 'K' -> rows.get(row).setLength(Math.min(column, rows.get(row).length()));
                    case 'm' -> {}
                    default -> throw new AssertionError("a terminal would obey " + number + written.charAt(end));
                }
                i = end;
            } else if (c == '\n' || column == WIDTH && c != '\r') {
                row++;
                column = 0;
                if (row == rows.size()) {
                    rows.add(new StringBuilder());
                }
                i -= c == '\n' ? 0 : 1;
            } else if (c == '\r') {
                column = 0;
            } else {
                var line = rows.get(row);
                while (line.length() <= column) {
                    line.append(' ');
                }
                line.setCharAt(column++, c);
            }
        }
        return String.join("\n", rows).replaceAll(" +(?=\n|$)", "");
    }

    private static String drawn(String text, int rows, Random random) {
        var out = new ByteArrayOutputStream();
        var output = new DrawnOutput(new Screen(out, new ByteArrayOutputStream(), Optional.empty(), true, true, false), () -> new Size(WIDTH, rows));
        try {
            for (int at = 0; at < text.length();) {
                int next = Math.min(text.length(), at + 1 + random.nextInt(12));
                output.content(text.substring(at, next));
                at = next;
            }
            output.end(Api.object());
        } catch (IOException impossible) {
            throw new AssertionError(impossible);
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    private static final String SAMPLE = """
            # Title

            A paragraph that is **strong** and *slanted*, longer than one row of the terminal, with `code` in it.
            Its second line.

            - one
            - two with [a link](https://example.org)
              - nested
            - three

            1. first
            2. second

            ```java
            int x = 1;

            int y = "- no item";
            ```
            > quoted
            > again

            | a | b |
            |---|--:|
            | long cell | 1 |
            | x | 200 |

            ---
            end &#27;[2J <b>html</b>
            """;

    @Test
    void in_whatever_pieces_it_comes_the_terminal_shows_the_same() {
        var whole = shown(drawn(SAMPLE, 1_000, new Random() {
            @Override
            public int nextInt(int bound) {
                return SAMPLE.length();
            }
        }));
        assertEquals("""
                Title

                A paragraph that is strong and slanted,
                longer than one row of the terminal,
                with code in it.
                Its second line.

                • one
                • two with a link (https://example.org)
                  • nested
                • three

                1. first
                2. second

                  java
                  int x = 1;

                  int y = "- no item";
                │ quoted
                │ again

                a         │   b
                ──────────┼────
                long cell │   1
                x         │ 200

                ────────────────────────────────────────
                end \ufffd[2J <b>html</b>
                """, whole);
        for (int seed = 0; seed < 200; seed++) {
            assertEquals(whole, shown(drawn(SAMPLE, 1_000, new Random(seed))), "seed " + seed);
        }
    }

    @Test
    void what_grows_out_of_the_screen_stays_as_it_was_and_nothing_is_lost() {
        for (int seed = 0; seed < 100; seed++) {
            var shown = shown(drawn(SAMPLE, 2, new Random(seed)));
            for (var word : SAMPLE.replaceAll("[^a-z]+", " ").strip().split(" ")) {
                assertTrue(shown.replace("\n", "").contains(word), word + " in " + shown);
            }
        }
    }

    @Test
    void no_text_makes_the_terminal_do_anything() throws IOException {
        var random = new Random(7);
        var parts = List.of("\033[2J", "\033]0;x\007", "&#x1b;[31m", "\u009b", "**", "`", "```\n", "\n", "- ", "> ", "| a |\n|--|\n", "[x](", "\033c)", "&#155;", "~", "1. ", "    ", "\\\033", "😀", "<a ", "&lt;");
        for (int run = 0; run < 300; run++) {
            var text = new StringBuilder();
            for (int i = 0; i < 40; i++) {
                text.append(parts.get(random.nextInt(parts.size())));
            }
            shown(drawn(text.toString(), 5 + random.nextInt(50), random));
        }
    }

    @Test
    void what_is_nested_deeper_than_any_stack_is_shown_all_the_same() {
        for (var deep : List.of("> ".repeat(20_000) + "x\n\nend", "*a **b ".repeat(20_000) + "\n\nend", "[".repeat(50_000) + "\n\nend", "- ".repeat(20_000) + "x\n\nend")) {
            assertTrue(shown(drawn(deep, 10, new Random() {
                @Override
                public int nextInt(int bound) {
                    return 30_000;
                }
            })).stripTrailing().endsWith("end"));
        }
    }

    @Test
    void the_demos_own_texts_can_be_drawn() throws IOException {
        for (var name : List.of("markdown", "help", "hello")) {
            var text = Files.readString(Path.of("src/main/resources/demo/" + name + ".md"));
            assertFalse(shown(drawn(text, 50, new Random(1))).contains("**"), name);
        }
    }
}
