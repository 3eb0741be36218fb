package runnel.upstream.openai;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChunkReaderTest {
    /// A field that no server sends makes the reader look everywhere.
    @ParameterizedTest
    @ValueSource(strings = {
            "{\"id\":\"1\",\"object\":\"chat.completion.chunk\",\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Hi\"},\"finish_reason\":null}]}",
            "{\"choices\":[{\"delta\":{\"role\":\"assistant\",\"content\":\"\"},\"logprobs\":null}],\"usage\":null}",
            "{\"choices\":[{\"delta\":{\"content\":\"a\",\"reasoning_content\":null,\"tool_calls\":null}}],\"error\":null}",
            "{\"choices\":[{\"delta\":{\"content\":\"a\",\"reasoning_content\":\"b\"}}]}",
            "{\"choices\":[{\"delta\":{\"content\":\"a\",\"refusal\":\"b\"}}]}",
            "{\"choices\":[{\"delta\":{\"content\":\"a\"},\"finish_reason\":\"length\"}]}",
            "{\"choices\":[{\"delta\":{\"content\":\"a\"},\"message\":{\"content\":\"ab\"}}]}",
            "{\"choices\":[{\"delta\":{\"content\":\"a\"}}],\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":2}}",
            "{\"choices\":[{\"delta\":{\"content\":\"a\"}}],\"error\":{\"message\":\"no\"}}",
            "{\"choices\":[{\"delta\":{\"content\":\"a\"}},{\"delta\":{\"content\":\"b\"}}]}",
            "{\"choices\":[{\"delta\":\"a\"}]}", "{\"choices\":[{\"delta\":{\"content\":[{\"type\":\"text\",\"text\":\"a\"}]}}]}", "{\"choices\":[]}", "{}"})
    void a_chunk_that_says_little_is_read_like_any_other(String chunk) throws JsonProcessingException {
        var odd = (ObjectNode) JsonCodec.MAPPER.readTree(chunk);
        odd.put("x_nobody_sends_this", "x");
        assertEquals(ChunkReader.read(odd), ChunkReader.read(JsonCodec.MAPPER.readTree(chunk)));
    }
}
