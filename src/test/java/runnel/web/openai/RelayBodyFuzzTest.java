package runnel.web.openai;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Arrays;
import runnel.chat.Refused;
import runnel.upstream.RelayRequest;

/// A body that is passed on is read by another program as it was read here, or it is refused.
class RelayBodyFuzzTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @FuzzTest(maxDuration = "10m")
    void a_body_names_the_model_that_everybody_reads_in_it_or_it_is_refused(byte[] bytes) throws IOException {
        RelayRequest request;
        try {
            request = RelayBody.read(bytes);
        } catch (Refused refused) {
            assertEquals(400, refused.problem().status(), refused::getMessage);
            return;
        }
        assertArrayEquals(bytes, request.json());
        assertEquals(request.model(), MAPPER.readTree(bytes).get("model").textValue());
        var renamed = request.named("an\"other/é");
        var other = MAPPER.readTree(renamed.json());
        assertEquals("an\"other/é", other.get("model").textValue());
        assertTrue(Arrays.equals(bytes, 0, request.from(), renamed.json(), 0, renamed.from()), "what is before it changed");
        assertTrue(Arrays.equals(bytes, request.to(), bytes.length, renamed.json(), renamed.to(), renamed.json().length), "what is behind it changed");
    }
}
