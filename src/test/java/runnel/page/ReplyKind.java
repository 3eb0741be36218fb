package runnel.page;

import java.util.function.IntFunction;

/// A reply made of one thing, or of everything.
enum ReplyKind {
    MIXED(i -> """
            ## Heading %1$d

            A paragraph with **bold**, `code` and [a link](https://example.org/%1$d), which goes on for a while and says nothing.

            - one item
            - two **items**

            | a | b |
            | --- | --- |
            | %1$d | x |

            ```python
            def f%1$d(x):
                return x + %1$d  # comment
            ```

            Energy is $E = mc^2$ in %1$d.

            """.formatted(i)),
    LIST(i -> "- item %d with some **bold** words and `code`\n".formatted(i)),
    CODE(i -> (i == 0 ? "```js\n" : "") + "function f%1$d(a) { return a * %1$d; } // comment\n".formatted(i)),
    TABLE(i -> (i == 0 ? "| Name | Value |\n| --- | ---: |\n" : "") + "| row %1$d | some **bold** words |\n".formatted(i)),
    PARAGRAPH(i -> "Word %d of a *very* long paragraph with `code` that goes on, ".formatted(i));

    private final IntFunction<String> part;

    ReplyKind(IntFunction<String> part) {
        this.part = part;
    }

    String text(int length) {
        var text = new StringBuilder();
        for (int i = 0; text.length() < length; i++) {
            text.append(part.apply(i));
        }
        return text.substring(0, length);
    }

    /// Of a table and a paragraph the browser looks at all of it whenever one more row or word has come.
    boolean isLaidOutAsAWhole() {
        return this == TABLE || this == PARAGRAPH;
    }
}
