package runnel.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import runnel.chat.Usage;

/// What a whole answer looks like, in all the ways in which servers write one.
class OpenAiUpstreamTest extends UpstreamTest {
    @Test
    void an_answer_is_its_deltas_in_order_with_finish_reason_and_usage() {
        var answer = ask(Scenarios.text(3));

        assertEquals("word0 word1 word2 ", answer.content());
        assertEquals(new Outcome.Complete("stop", Optional.of(new Usage(7, 3, 10))), answer.outcome());
    }
}
