package runnel.web.openai;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.stream.StreamSupport;
import runnel.chat.Refused;
import runnel.web.http.Json;

/// What somebody may ask of `/v1/responses`.
class ResponseFuzzTest {
    @FuzzTest(maxDuration = "10m")
    void a_request_is_taken_or_refused_by_name(byte[] bytes) {
        try {
            if (Json.parse(bytes) instanceof ObjectNode body) {
                var request = ResponseRequest.read(body, _ -> true, (_, _, _) -> Json.object().put("type", "reasoning"));
                assertTrue(StreamSupport.stream(request.input().spliterator(), false).allMatch(item -> item.has("type")));
                Json.bytes(request.kept());
                InputItems.prompt(request.input());
                request.sampling();
            }
        } catch (Refused refused) {
            assertTrue(refused.problem().status() == 400 || refused.problem().status() == 422, refused::getMessage);
        }
    }
}
