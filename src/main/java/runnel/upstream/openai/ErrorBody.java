package runnel.upstream.openai;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// What a server says is wrong, in any of the shapes in use: OpenAI's `{"error":{"message","type","param","code"}}`, the
/// same in an array (Gemini), FastAPI's `{"detail":[{"loc","msg"}]}` bare or below `message` (vLLM, Mistral), or plain text.
///
/// @param code  the words meant for programs, `code` and `type`
/// @param param the parameter that it is about, where it says so by itself
/// @param words everything said, for the log and for looking into; never shown to anybody
record ErrorBody(String code, String param, String words) {
    /// The parameters that can be left out or spelled otherwise.
    enum Parameter {
        MAX_TOKENS, MAX_COMPLETION_TOKENS, TEMPERATURE, STREAM_OPTIONS;

        final String wire = name().toLowerCase(Locale.ROOT);
        private final Pattern word = Pattern.compile("(?<![a-z_])" + wire + "(?![a-z_])");

        private int placeIn(String text) {
            var found = word.matcher(text);
            return found.find() ? found.start() : Integer.MAX_VALUE;
        }
    }

    /// How OpenAI, Azure, vLLM, Mistral, Fireworks, Groq, Gemini, Cohere and Moonshot say that they do not know a
    /// parameter, or not this use of it. A value out of range is another matter: to ask again without it would not be
    /// what was asked.
    private static final Pattern UNSUPPORTED = Pattern.compile(
            "unsupported|not support|unrecogni[sz]ed|unknown|unexpected|not permitted|extra_forbidden|not allowed"
                    + "|deprecated|not a valid field|cannot find field|only the default|only 1 is allowed|compatible");

    private static final Pattern TOO_LONG = Pattern.compile(
            "context_length|context length|context window|context size|context_size|contextlength|maximum context"
                    + "|prompt is too long|input is too long|too many tokens|reduce the length|max_prompt_tokens");

    private static final Pattern UNPAID = Pattern.compile("insufficient_quota|billing|credit|exceeded_current_quota");

    private static final Pattern LIMITED = Pattern.compile("rate_limit|rate limit|too many requests|\\b429\\b");

    static ErrorBody read(String body) {
        try {
            JsonNode json = JsonCodec.MAPPER.readTree(body);
            return in(json.isArray() ? json.path(0) : json);
        } catch (JsonProcessingException e) {
            return new ErrorBody("", "", body);
        }
    }

    static ErrorBody in(JsonNode json) {
        JsonNode error = json.path("error").isObject() ? json.path("error") : json;
        return new ErrorBody(
                error.path("code").asText("") + " " + error.path("type").asText(""),
                error.path("param").asText(""),
                said(error));
    }

    private static String said(JsonNode error) {
        var words = new StringBuilder();
        for (String name : new String[] {"message", "msg", "detail", "error"}) {
            JsonNode said = error.path(name);
            if (!said.isMissingNode() && !said.isNull()) {
                words.append(said.isTextual() ? said.textValue() : said.toString()).append(' ');
            }
        }
        return words.isEmpty() ? error.toString() : words.toString();
    }

    /// The parameter that the server does not take, where that is the complaint.
    Optional<Parameter> unsupported() {
        String text = words.toLowerCase(Locale.ROOT);
        if (tooLong() || !speaksOf(UNSUPPORTED)) {
            return Optional.empty();
        }
        // OpenAI's text names the spelling to use as well, so `param`, or else the first that is named, is the one.
        var named = Arrays.stream(Parameter.values()).filter(each -> each.wire.equals(param)).findFirst();
        return named.or(() -> Arrays.stream(Parameter.values())
                .filter(each -> each.placeIn(text) < Integer.MAX_VALUE)
                .min((a, b) -> Integer.compare(a.placeIn(text), b.placeIn(text))));
    }

    /// The question does not fit into the model's context.
    boolean tooLong() {
        return speaksOf(TOO_LONG);
    }

    boolean unpaid() {
        return speaksOf(UNPAID);
    }

    boolean limited() {
        return speaksOf(LIMITED);
    }

    private boolean speaksOf(Pattern matter) {
        return matter.matcher((code + " " + words).toLowerCase(Locale.ROOT)).find();
    }
}
