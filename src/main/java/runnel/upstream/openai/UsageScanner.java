package runnel.upstream.openai;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import java.util.Optional;
import runnel.chat.Usage;

/// Finds what an answer cost in its bytes while they pass, without reading the rest: the last `"usage":{…}` counts. In a text of the
/// answer the quotes would be escaped.
final class UsageScanner {
    private static final String NAME = "\"usage\"";
    /// More than any server writes about it.
    private static final int MAX = 4 << 10;
    private static final ObjectReader READER =
            JsonCodec.MAPPER.readerFor(JsonNode.class).without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    /// The end of what has passed: the name with what followed, or what may be the beginning of the name.
    private String tail = "";
    private Optional<Usage> usage = Optional.empty();

    void pass(byte[] piece) {
        var text = tail + new String(piece, ISO_8859_1);
        int at = text.lastIndexOf(NAME);
        boolean half = at >= 0 && text.length() - at < MAX && !read(text, at + NAME.length());
        tail = text.substring(half ? at : Math.max(at + 1, text.length() - NAME.length() + 1));
    }

    /// @return whether what the name names is there
    private boolean read(String text, int behindName) {
        int begin = behindName;
        while (begin < text.length() && " \t\r\n:".indexOf(text.charAt(begin)) >= 0) {
            begin++;
        }
        try {
            if (text.startsWith("{", begin)) {
                usage = Optional.of(ChunkReader.usage(READER.readTree(text.substring(begin))));
            }
            return begin < text.length();
        } catch (JsonProcessingException half) {
            return false;
        }
    }

    Optional<Usage> usage() {
        return usage;
    }
}
