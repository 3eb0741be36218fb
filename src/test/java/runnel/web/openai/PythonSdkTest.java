package runnel.web.openai;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import runnel.Client;
import runnel.web.WebTest;

/// `/v1` with OpenAI's SDK for Python, where `run.sh test` could have it, and against the types that it has of every event.
@Timeout(120)
@EnabledIfEnvironmentVariable(named = "RUNNEL_PYTHON", matches = ".+", disabledReason = "there is no Python with OpenAI's SDK")
class PythonSdkTest extends WebTest {
    @Test
    void python_reads_resumes_and_finds_nothing_that_its_types_do_not_allow() throws IOException {
        var said = Client.json(NodeSdk.execute(System.getenv("RUNNEL_PYTHON"), Path.of("src/test/openai/responses.py").toAbsolutePath().toString(), server.url("/v1").toString()));
        for (var resumed : new String[] {"reasoning:1", "paced:60,20"}) {
            var texts = said.get(resumed);
            assertTrue(texts.get(0).asText().endsWith(texts.get(1).asText()) && !texts.get(1).asText().isEmpty(), said::toString);
            assertTrue(texts.get(2).asBoolean(), said::toString);
        }
        assertEquals(said.at("/helper/0"), said.at("/helper/1"));
        assertTrue(said.at("/helper/0").asText().endsWith("word19 "), said::toString);
        assertEquals("input", said.get("refused").asText());
        assertEquals("word0 word1 word2 ", said.get("relay").asText());
        assertTrue(said.get("models").asBoolean());
        assertEquals(10, said.get("tokens").asInt());
    }
}
