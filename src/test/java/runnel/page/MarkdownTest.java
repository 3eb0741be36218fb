package runnel.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Locator;
import org.junit.jupiter.api.Test;
import runnel.upstream.openai.Scenarios;

/// How a reply's Markdown looks in a browser, where node has no layout.
class MarkdownTest extends PageTest {
    private static final String FORMULAS = """
            So \\( \\left( \\frac{\\frac{a}{b}}{\\frac{c}{d}} \\right) ( \\) and $$\\boxed{x} + \\cancel{y} + \\sqrt{\\frac{1}{2}}$$

            \\begin{align}
            a &= b \\\\
            c &= \\prescript{1}{2}{X}
            \\end{align}
            """;

    private Locator show(String text) {
        model.next(Scenarios.deltas(text.split("(?<=\\s)")));
        send("Show it");
        assertEnded(page);
        return replies(page).last().locator(".prose");
    }

    private static double height(Locator element) {
        return element.boundingBox().height;
    }

    @Test
    void brackets_grow_with_what_they_hold_and_boxes_and_strokes_are_drawn() {
        var prose = show(FORMULAS);
        assertThat(prose.locator("math")).hasCount(3);
        var brackets = prose.locator("math").first().locator("mo").filter(new Locator.FilterOptions().setHasText("("));
        assertTrue(height(brackets.first()) > 1.5 * height(brackets.last()), "the bracket is as high as the fraction");
        assertTrue(height(prose.locator(".tml-cancel")) > 5, "the stroke has a height");
        assertEquals(1, prose.locator("math [style*=border]").count());
        assertTrue(height(prose.locator("msqrt")) > height(prose.locator("msqrt mfrac")), "the root covers what it holds");
    }

    @Test
    void each_paragraph_runs_in_the_direction_of_its_own_script() {
        var prose = show("English first.\n\nשלום עולם\n\n- مرحبا\n\n> שלום\n");
        var direction = "element => getComputedStyle(element).direction";
        assertEquals("ltr", prose.locator("p").first().evaluate(direction));
        assertEquals("rtl", prose.locator("p").nth(1).evaluate(direction));
        assertEquals("rtl", prose.locator("li").evaluate(direction));
        assertEquals("rtl", prose.locator("blockquote").evaluate(direction));
    }

    @Test
    void a_reply_of_nothing_but_marks_is_shown_and_the_page_goes_on() {
        for (var mark : new String[] {">", "- ", "1. ", "[", "*"}) {
            assertThat(show(mark.repeat(2_000) + "end")).containsText("end");
        }
        assertThat(show("And **on**").locator("strong")).hasText("on");
    }
}
