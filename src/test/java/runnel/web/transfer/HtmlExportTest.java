package runnel.web.transfer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.StringWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import runnel.chat.Chat;
import runnel.chat.End;
import runnel.chat.Message;
import runnel.chat.Role;
import runnel.chat.Run;
import runnel.chat.Slice;
import runnel.chat.Snapshot;
import runnel.chat.Status;

class HtmlExportTest {
    private static String exported(String title, String prompt, String reply) {
        return exported(title, List.of(message(Role.USER, Snapshot.of("", prompt, 1, Optional.of(End.of(Status.COMPLETE)))),
                message(Role.ASSISTANT, Snapshot.of("", reply, 1, Optional.of(End.of(Status.COMPLETE))))));
    }

    private static Message message(Role role, Snapshot text) {
        return new Message("id", Optional.empty(), role, text, role == Role.USER ? Optional.empty() : Optional.of("model"), 0, 0, List.of());
    }

    private static String exported(String title, List<Message> messages) {
        var out = new StringWriter();
        try {
            HtmlExport.write(out, new Chat("id", "owner", title, Optional.empty(), "", false, false, 0, 0), messages.iterator());
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return out.toString();
    }

    private static String body(String reply) {
        var html = exported("t", "p", reply);
        return html.substring(html.indexOf("</header>", html.indexOf("class=\"reply\"")) + 10, html.lastIndexOf("</article>"));
    }

    @Test
    void markdown_is_drawn_with_tables_and_code() {
        assertEquals("<p dir=\"auto\"><strong>bold</strong></p>\n", body("**bold**"));
        assertTrue(body("| a | b |\n|---|---|\n| 1 | 2 |").contains("<td dir=\"auto\">1</td>"));
        assertTrue(body("```java\nint x < 1;\n```").contains("<code class=\"language-java\">int x &lt; 1;\n</code>"));
    }

    @Test
    @Timeout(20)
    void many_signs_that_could_begin_a_formula_are_looked_at_once() {
        for (var sign : List.of("$", "$ ", "\\\\$a", "\\$a", "\\(", "\\[", "$$ ", "$a\\\\")) {
            body(sign.repeat((1 << 18) / sign.length()));
        }
    }

    @Test
    void a_formula_is_shown_as_it_is_written() {
        for (var formula : List.of("$a_1 * b_2 * c$", "$$x_1 * y_2 * z$$", "\\(a_b*c*d_e\\)", "\\[a_b\n*c*d\\]", "$\\alpha\\$ 5$")) {
            assertTrue(body("Here: " + formula + " so").contains("<span class=\"math\">" + formula + "</span>"), body(formula));
        }
        for (var none : List.of("It costs $5 and *not* $6", "$ x$", "$x $", "$$open", "\\[open", "$", "\\")) {
            assertFalse(body(none).contains("math"), body(none));
        }
        assertTrue(body("`$x$`").contains("<code>$x$</code>"));
        assertTrue(body("\\*no\\*").contains("*no*"));
    }

    @Test
    void what_is_written_runs_nothing_and_fetches_nothing() {
        var hostile = "<script>alert(1)</script> <img src=x onerror=alert(1)> ![a\"b](https://evil.example/x.png) [x](javascript:alert(1)) "
                + "<svg/onload=alert(1)> [y](data:text/html,<script>alert(1)</script>)\n\n<iframe src=https://evil.example></iframe>\n\n<style>*{}</style>";
        var html = exported("</title><script>alert(1)</script>", hostile, hostile);
        assertFalse(html.matches("(?is).*<(script|img|iframe|svg|link|object|embed|form|base)\\b.*"), html);
        assertEquals(1, html.split("<style", -1).length - 1);
        assertFalse(html.matches("(?is).*href=\"(javascript|data):.*"), html);
        assertTrue(html.contains("default-src 'none'; style-src 'sha256-"));
    }

    @Test
    void thoughts_stand_where_they_came() {
        var runs = new ArrayList<Run>();
        for (var each : List.of("r:first", "t:one", "r:second", "t:two")) {
            runs.add(new Run(each.startsWith("r") ? Run.Kind.REASONING : Run.Kind.TEXT, Slice.of(each.substring(2).getBytes())));
        }
        var html = exported("t", List.of(message(Role.ASSISTANT, Snapshot.of(runs, 1, Optional.of(End.of(Status.STOPPED))))));
        assertTrue(html.matches("(?s).*<details>.*first.*</details>.*one.*<details>.*second.*</details>.*two.*This reply is stopped.*"), html);
    }

    @Test
    void no_text_is_too_deep_or_too_long() {
        assertTrue(body("> ".repeat(20_000) + "x").contains("x"));
        assertTrue(body("*a **b ".repeat(50_000) + "x").contains("x"));
        assertTrue(body("[".repeat(50_000) + "x" + "](y)".repeat(50_000)).contains("x"));
        assertTrue(body("\\[ $$ \\( $".repeat(50_000)).contains("$"));
        assertTrue(body("y".repeat(2_000_000)).startsWith("<pre class=\"text\">"));
    }
}
