package runnel.upstream.openai;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;

/// How this package writes JSON (RFC 8259), and reads what servers take for it: with `NaN` (Python), tabs in strings, a comma too many.
public final class JsonCodec {
    /// Jackson's own recycler is a thread local, and would keep 8 KB on every virtual thread that ever parsed.
    public static final ObjectMapper MAPPER = JsonMapper.builder(
                    JsonFactory.builder().recyclerPool(JsonRecyclerPools.sharedConcurrentDequePool())
                            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS, JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS,
                                    JsonReadFeature.ALLOW_TRAILING_COMMA).build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /// Takes what RFC 8259 says only, for JSON that goes to other programs as it is.
    static final ObjectReader STRICT = MAPPER.reader().withoutFeatures(JsonReadFeature.values());

    private JsonCodec() {}
}
