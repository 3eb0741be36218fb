package runnel.upstream.openai;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What the scanner reads, the tree reads as well; everything else it leaves to the tree.
class DeltaScannerTest {
    @RepeatedTest(10)
    void a_scanned_chunk_is_the_chunk_of_the_tree(RepetitionInfo run) throws JsonProcessingException {
        var random = new Random(run.getCurrentRepetition());
        int scanned = 0;
        for (int i = 0; i < 500; i++) {
            String json = sent(new ChunkGenerator(random).chunk());
            Optional<Chunk> chunk = scan(json);
            scanned += chunk.isPresent() ? 1 : 0;
            if (chunk.isPresent()) {
                assertEquals(ChunkReader.read(json), chunk.get(), json);
            }
        }
        assertTrue(scanned > 150, "only " + scanned + " of 500 were scanned");
    }

    @RepeatedTest(10)
    void damaged_json_is_never_scanned_unless_the_tree_reads_the_same(RepetitionInfo run) {
        var random = new Random(1000 + run.getCurrentRepetition());
        for (int i = 0; i < 500; i++) {
            String json = sent(damage(new ChunkGenerator(random).chunk(), random));
            scan(json).ifPresent(chunk -> assertEquals(tree(json), chunk, json));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {
        // OpenAI, llama.cpp, Ollama, vLLM, OpenRouter, DeepSeek, Groq, Azure as they come
        "{\"id\":\"chatcmpl-1\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"gpt\",\"service_tier\":\"default\",\"system_fingerprint\":\"fp\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"T\"},\"logprobs\":null,\"finish_reason\":null}],\"usage\":null,\"obfuscation\":\"ab\"}",
        "{\"choices\":[{\"finish_reason\":null,\"index\":0,\"delta\":{\"content\":\"T\"}}],\"created\":1,\"id\":\"c\",\"model\":\"m\",\"system_fingerprint\":\"b\",\"object\":\"chat.completion.chunk\"}",
        "{\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\",\"system_fingerprint\":\"fp_ollama\",\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"T\"},\"finish_reason\":null}]}",
        "{\"id\":\"gen\",\"provider\":\"P\",\"model\":\"m\",\"object\":\"chat.completion.chunk\",\"created\":1,\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"T\",\"reasoning\":null,\"reasoning_details\":[]},\"finish_reason\":null,\"native_finish_reason\":null,\"logprobs\":null}]}",
        "{\"id\":\"x\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"T\",\"reasoning_content\":null},\"logprobs\":{\"content\":[{\"token\":\"T\",\"logprob\":-1.2e-3,\"bytes\":[84],\"top_logprobs\":[]}]},\"finish_reason\":null}]}",
        "{\"choices\":[{\"content_filter_results\":{\"hate\":{\"filtered\":false,\"severity\":\"safe\"}},\"delta\":{\"content\":\"T\"},\"finish_reason\":null,\"index\":0,\"logprobs\":null}],\"x_groq\":{\"id\":\"r\"}}"})
    void the_chunks_of_the_well_known_servers_are_scanned(String json) {
        assertEquals(Optional.of(Chunk.of("", "T")), scan(json));
    }

    @Test
    void reasoning_is_scanned_too() {
        assertEquals(Optional.of(Chunk.of("hm", "")),
                scan("{\"choices\":[{\"delta\":{\"reasoning\":\"hm\",\"reasoning_content\":\"\",\"content\":null}}]}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", "[]", "[DONE]", "null", "{}", "{\"choices\":[]}", "{\"choices\":[{\"delta\":{\"content\":\"a\"}}]}x",
        "{\"choices\":[{\"delta\":{\"content\":\"a\"},\"finish_reason\":\"stop\"}]}",
        "{\"choices\":[{\"delta\":{\"content\":\"a\"}}],\"usage\":{}}", "{\"choices\":[{\"delta\":{\"content\":\"a\"}}],\"error\":{\"code\":1}}", "{\"choices\":[{\"delta\":{\"content\":\"a\"}}],\"error\":[1]}",
        "{\"choices\":[{\"delta\":{\"content\":\"\",\"refusal\":\"no\"}}]}", "{\"choices\":[{\"delta\":{},\"message\":{\"content\":\"a\"}}]}", "{\"choices\":[{\"delta\":{},\"text\":\"a\"}]}",
        "{\"choices\":[{\"delta\":{\"content\":\"a\",\"content\":\"b\"}}]}", "{\"choices\":[{\"delta\":{\"content\":[]}}]}",
        "{\"choices\":[{\"delta\":{\"content\":\"a\"}},{\"delta\":{\"content\":\"b\"}}]}",
        "{\"choices\":[{\"delta\":{\"c\\u006fntent\":\"a\"}}]}", "{\"choices\":[{\"delta\":{\"content\":\"a\nb\"}}]}",
        "{\"choices\":[{\"delta\":{\"content\":\"\\x\"}}]}", "{\"choices\":[{\"delta\":{\"content\":\"\\u12\"}}]}",
        "{\"choices\":[{\"delta\":{\"content\":\"a\"}}],\"a\":01}", "{\"choices\":[{\"delta\":{\"content\":\"a\"}}],\"a\":nul}"})
    void what_is_rare_or_wrong_is_left_to_the_tree(String json) {
        assertEquals(Optional.empty(), scan(json));
    }

    private static Optional<Chunk> scan(String json) {
        byte[] bytes = ("before" + json + "behind").getBytes(StandardCharsets.UTF_8);
        return DeltaScanner.scan(bytes, "before".length(), bytes.length - "behind".length());
    }

    /// As UTF-8 carries it, which knows no half of a surrogate pair.
    private static String sent(String json) {
        return new String(json.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }

    private static Object tree(String json) {
        try {
            return ChunkReader.read(json);
        } catch (JsonProcessingException e) {
            return e;
        }
    }

    private static String damage(String json, Random random) {
        int at = random.nextInt(json.length());
        String noise = "\"\\{}[]:,0e-.nu\0\n ";
        return switch (random.nextInt(3)) {
            case 0 -> json.substring(0, at);
            case 1 -> json.substring(0, at) + json.substring(at + 1);
            default -> json.substring(0, at) + noise.charAt(random.nextInt(noise.length())) + json.substring(at + random.nextInt(2));
        };
    }
}
