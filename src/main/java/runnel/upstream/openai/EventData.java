package runnel.upstream.openai;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.regex.Pattern;

/// What the data of an event are.
enum EventData {
    ANSWER("\\s*+(\\{|\\[\\s*\\{|\"\\{).*+"),
    DONE("(?i)[\\s\"'\\[{<(|]*+(done|eof|eos|end|ended|finish|finished|complete|completed|end.of.stream|stream.end)[\\s\"'\\]}>)|.!]*+"
            + "|\\[DONE\\].*+"),
    /// Written as data by servers that would rather not write comments: `data: : PROCESSING`, `data: ping`; and JSON that is no object.
    SIGN_OF_LIFE("(?i):.*+|null|[\\s\"\\[\\]]*+|[^{\\[\"]{0,40}(ping|keep.?alive|heartbeat|processing|queued|waiting)[^{\\[\"]{0,40}"),
    /// In words, where others write JSON.
    ERROR("(?i).{0,2000}(error|fail|exception|denied|unavailable|overload|refused|exceed|time.?out|timed out|too (many|long)|unauthori"
            + "|forbidden|invalid|not found|abort|out of memory).*+"),
    UNKNOWN(".*+");

    private static final Pattern LAST_TYPE = Pattern.compile("(?i)((stream|message|chat|completion|response)[._-]?)?"
            + "(done|end|ended|eof|finish|finished|stop|complete|completed|incomplete|close|closed)");
    private static final Pattern ERROR_TYPE = Pattern.compile("(?i)((stream|message|chat|server|upstream|api)[._-]?)?"
            + "(error|exception|fail|failed|failure|abort|aborted)");

    private final Pattern pattern;

    EventData(String pattern) {
        this.pattern = Pattern.compile(pattern, Pattern.DOTALL);
    }

    static EventData of(String data) {
        if (data.startsWith("{")) {
            return ANSWER;
        }
        for (var each : values()) {
            if (each.pattern.matcher(data).matches() || each == SIGN_OF_LIFE && isJson(data)) {
                return each;
            }
        }
        return UNKNOWN;
    }

    /// Whether an event that is named so is the last one.
    static boolean isLast(String type) {
        return LAST_TYPE.matcher(type).matches();
    }

    static boolean isError(String type) {
        return ERROR_TYPE.matcher(type).matches();
    }

    /// The JSON values that an event consists of, which some servers put into a string.
    static Iterable<JsonNode> values(String data) throws JsonProcessingException {
        JsonNode json = JsonCodec.MAPPER.readTree(data);
        boolean quoted = json.isTextual() && json.textValue().startsWith("{");
        JsonNode bare = quoted ? JsonCodec.MAPPER.readTree(json.textValue()) : json;
        return bare.isArray() ? bare : List.of(bare);
    }

    private static boolean isJson(String data) {
        try {
            return !JsonCodec.MAPPER.readTree(data).isMissingNode();
        } catch (JsonProcessingException words) {
            return false;
        }
    }
}
