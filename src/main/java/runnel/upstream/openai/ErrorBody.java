package runnel.upstream.openai;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What a server says is wrong, in any of the shapes in use: OpenAI's `{"error":{"message","type","param","code"}}`, the
/// same in an array (Gemini), FastAPI's `{"detail":[{"loc","msg"}]}` bare or below `message` (vLLM, Mistral), or plain text.
///
/// @param code  what is meant for programs, `code` and `type`
/// @param param the parameter that it is about, where it says so in a field of its own
/// @param text  everything said, for the log and for looking into; never shown to anybody
record ErrorBody(String code, String param, String text) {
    /// The parameters that can be left out or spelled otherwise.
    enum Parameter {
        MAX_TOKENS, MAX_COMPLETION_TOKENS, TEMPERATURE, STREAM_OPTIONS, REASONING_EFFORT;

        final String wire = name().toLowerCase(Locale.ROOT);
        private final Pattern word = Pattern.compile("(?<![a-z_])" + wire.replace("_effort", "[_.]effort") + "(?![a-z_])");

        private int placeIn(String text) {
            var found = word.matcher(text);
            return found.find() ? found.start() : Integer.MAX_VALUE;
        }
    }

    /// What a complaint can be about; a complaint can be about several.
    enum Topic {
        /// How OpenAI, Azure, vLLM, Mistral, Fireworks, Groq, Gemini, Cohere and Moonshot say that they do not know a
        /// parameter, or not this use of it. A value out of range is another matter: to ask again without it would not be
        /// what was asked.
        UNSUPPORTED("unsupported|not support|unrecogni[sz]ed|unknown|unexpected|not permitted|extra_forbidden|not allowed"
                + "|deprecated|not a valid field|cannot find field|only the default|only [0-9.]+ is allowed|compatible|fixed at"
                + "|must be [01](\\.0)? for|may only be set to|invalid parameter: .?stream_options"),
        /// That it knows the parameter, with other words than this one.
        OTHER_VALUES("unsupported_value|supported values|must be one of|input should be"),
        TOO_LONG("context_length|context length|context window|context size|context_size|contextlength|context limit|maximum context"
                + "|(prompt|input|request|messages?) (is |are )?too (long|large)|too many (input )?tokens"
                + "|reduce the length|max_prompt_tokens"
                + "|max_model_len|exceeds? the (maximum number of tokens|model's)|(input|prompt) token count|n_ctx"
                + "|longer than the (maximum )?model|`inputs` tokens"
                + "|range of input length|maximum prompt length|maximum (input|sequence) length|trying to keep the first"
                + "|must have less than [0-9]+ tokens|token limit: [0-9]|exceeds? max length|contextwindow|max_seq_len|超长"),
        UNPAID("_quota|billing|credit|insufficient.balance|payment|arrear|usage limit|key limit|budget.{0,20}exceed|额度"
                + "|balance .{0,20}(not enough|too low|insufficient)|not enough .{0,20}balance|account is in good standing|余额|欠费"),
        LIMITED("rate_limit|rate limit|too many requests|\\b429\\b|tokens per (min|day)|requests per (min|day)|resource_exhausted"),
        KEY("api.?key.{0,30}(invalid|not valid|incorrect|expired|missing|required|not found|revoked|disabled)"
                + "|(invalid|incorrect|missing|expired|no|wrong|bad) .{0,20}api.?(key|token)|api_key_invalid|invalid_api_key"
                + "|invalid (authentication|authorization|credential|bearer|access token)"
                + "|authentication[ _]?(fail|error|required)|unauthori[sz]ed|invalid x-api-key|unauthenticated"
                + "|access token.{0,20}(invalid|expired)|login fail|bad credentials|无效的令牌|令牌.{0,9}(过期|不可用)|身份验证"),
        BUSY("overloaded|at capacity|(server|model|engine|service|system) (is )?(too |currently |temporarily )?(busy|loading|unavailable)"
                + "|busy now|繁忙"),
        /// That it has not this model.
        MODEL("(?<!load |loading )(?<!load the )model.{0,80}(n.t exist|not exist|not found|no such)|not (a )?valid model"
                + "|(unknown|no such|wrong) model(?! (architecture|type|file|format))"
                + "|invalid model($|[^a-z]*$| id| name|:| ['\"`])|model_not_found|模型.{0,20}不存在|无可用渠道"
                + "|model.{0,80}(decommissioned|been retired|no longer available)"),
        FILTER("content_filter|content.{0,12}policy|usage (policy|guidelines)|datainspection|inappropriate content|input was flagged|敏感"),
        REGION("(country|region|territory|location).{0,40} not (supported|available)"),
        UNLOADED("no models? .{0,12}loaded"),
        /// What a server says to a path that it has not, which most often is a base URL without `/v1`.
        PATH("unexpected endpoint|unknown (endpoint|url|route|path)|invalid (url|endpoint|path)|no (such )?route|cannot post"
                + "|404 page not found|unknown request url|route .{0,80}not found|no handler|method not allowed"),
        /// Models that do not think, and those that show what they think only to organizations that are verified.
        REASONING("reasoning"),
        /// Chat templates that know the roles user and assistant only, in turn: Gemma, Mistral, some of DeepSeek's.
        ROLES("system'? (role|message|prompt|instruction)s?.{0,60}(not |n't |unsupported|invalid|only|must)"
                + "|(not|n't) .{0,20}system (role|message|prompt|instruction)"
                + "|developer instruction|(unexpected|invalid|unknown|unsupported) (message )?role|role.{0,20}system"
                + "|'?system'? is not one of|role should be one of"
                + "|roles? must alternate|must alternate|only (supports? )?.{0,3}user.{1,12}assistant"
                + "|(first|after the optional system) .{0,40}user");

        private final Pattern pattern;

        Topic(String pattern) {
            this.pattern = Pattern.compile(pattern, Pattern.DOTALL);
        }
    }

    /// How many tokens fit, where a server says so with a number (8192 or 8,192): llama-server, OpenAI and vLLM, Anthropic,
    /// Gemini, TGI.
    private static final Pattern CONTEXT = Pattern.compile("(?:n_ctx\"?\\s*[:=]\\s*"
            + "|(?:context|prompt) (?:length|window|size|limit)\\s*(?:is|of|:|=|\\()?\\s*(?:only |about )?"
            + "|max_model_len\\s*(?:of|is|:|=|\\()?\\s*|tokens allowed \\(|> |`?inputs`? tokens \\+ .{0,60}must be <= "
            + "|less than |token limit: |max_seq_len |limit of |at most |maximum of |model with |cannot exceed |\\[1, |model length of )"
            + "([0-9][0-9,]*+)(?! (\\+|is (greater|longer|larger|more)|((in|out)put )?tokens per ))");
    /// How many tokens the question has.
    private static final Pattern PROMPT = Pattern.compile("(?:n_prompt_tokens\"?\\s*[:=]\\s*|resulted in |requested (?:about )?|has "
            + "|contains |token count (?:of )?\\(?|too long: |request \\()([0-9][0-9,]*)");

    /// The fields in which a chunk can complain.
    static final List<String> ERRORS = List.of("error", "errors", "error_message", "errorMessage", "error_msg", "errmsg", "error_code",
            "Error", "exception", "fault");
    private static final List<String> MESSAGES = List.of("message", "msg", "detail", "error", "error_message", "errorMessage", "error_msg",
            "errmsg", "status_msg", "exception", "fault", "faultstring", "errors");

    private static final Pattern SUCCESS = Pattern.compile("(?i)ok[\\s\\p{P}]*|succe.*|[^不未没]*成功[\\s\\p{P}]*");

    /// What is too long is cut: to look into it costs time, and it may be megabytes.
    ErrorBody {
        code = cut(code);
        param = cut(param);
        text = cut(text);
    }

    private static String cut(String said) {
        return said.substring(0, Math.min(said.length(), ErrorResponse.MAX));
    }

    static ErrorBody read(String body) {
        try {
            JsonNode json = JsonCodec.MAPPER.readTree(body);
            return json.isTextual() ? read(json.textValue()) : in(json.isArray() ? json.path(0) : json);
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
        var all = new StringBuilder();
        for (String name : MESSAGES) {
            JsonNode said = error.path(name);
            if (!said.isMissingNode() && !said.isNull()) {
                all.append(said.isTextual() ? said.textValue() : said.toString()).append(' ');
            }
        }
        for (String figure : new String[] {"n_ctx", "n_prompt_tokens"}) {
            all.append(error.has(figure) ? figure + "=" + error.path(figure).asLong() + " " : "");
        }
        return all.isEmpty() ? error.toString() : all.toString();
    }

    private enum Beside { NOTHING, CHOICE, ANSWER }

    /// What a chunk complains of, wherever it stands: many gateways put their errors into answers of status 200.
    ///
    /// | beside | a field of [#ERRORS] counts | `code` counts with words | a mark ([#isMarked]) counts with words |
    /// | --- | --- | --- | --- |
    /// | nothing | with anything in it | other than of success | other than of success |
    /// | a choice | unless one says that all is well | that say anything | that say anything |
    /// | an answer | as beside a choice, if it is more than a code | of a failure | that say anything |
    ///
    /// @param choice the chunk's choice, or the chunk itself where it has none
    /// @param answers whether it has text or a reason to end: every gateway has codes of its own for success
    static Optional<ErrorBody> complaintOf(JsonNode chunk, JsonNode choice, boolean answers) {
        var beside = answers ? Beside.ANSWER : chunk == choice ? Beside.NOTHING : Beside.CHOICE;
        return Stream.concat(Stream.of(chunk, choice, choice.path("delta"), choice.path("message")),
                        ChunkReader.ENVELOPES.stream().map(chunk::path)).filter(holder -> hasError(holder, beside)).findFirst()
                .or(() -> Optional.of(chunk).filter(whole -> isError(whole, beside))).map(ErrorBody::in);
    }

    private static boolean hasError(JsonNode holder, Beside beside) {
        var errors = ERRORS.stream().map(holder::path).toList();
        return errors.stream().anyMatch(error -> !isNone(error) && (beside != Beside.ANSWER || !isCode(error)))
                && (beside == Beside.NOTHING || errors.stream().noneMatch(ErrorBody::isWell));
    }

    private static boolean isCode(JsonNode error) {
        return error.isNumber() || error.isTextual() && error.textValue().matches("[0-9]+");
    }

    private static boolean isWell(JsonNode error) {
        var code = error.path("code");
        return isSuccess(error.path("message")) || !code.asText("").isBlank() && !code.isNull() && isNone(code)
                && EventData.of(error.path("message").asText("")) != EventData.ERROR;
    }

    /// An error itself: `{"code":1001,"msg":"…"}`, `{"detail":"…"}`, MiniMax's `base_resp`.
    private static boolean isError(JsonNode json, Beside beside) {
        boolean marked = isMarked(json);
        boolean coded = !isNone(json.path("code"));
        return Stream.of("message", "msg").map(json::path).filter(JsonNode::isTextual)
                .filter(said -> beside == Beside.NOTHING ? !isSuccess(said) : !isNone(said))
                .anyMatch(said -> marked || coded && (beside != Beside.ANSWER || EventData.of(said.textValue()) == EventData.ERROR))
                || beside == Beside.NOTHING && !isNone(json.path("detail"))
                || beside != Beside.ANSWER && json.path("base_resp").path("status_code").asInt() != 0;
    }

    private static boolean isMarked(JsonNode json) {
        return json.path("type").asText("").contains("error") || json.path("object").asText("").equals("error")
                || json.path("status").asText("").matches("(?i)4..|5..|error|fail(ed|ure)?")
                || json.path("success").isBoolean() && !json.path("success").asBoolean();
    }

    private static boolean isSuccess(JsonNode said) {
        return said.isTextual() && SUCCESS.matcher(said.textValue().strip()).matches();
    }

    /// Many servers send the field always, with something in it that means that all is well.
    private static boolean isNone(JsonNode error) {
        if (error.isContainerNode()) {
            return error.valueStream().allMatch(ErrorBody::isNone);
        }
        return error.isTextual()
                ? isSuccess(error)
                || error.textValue().strip().matches("(?i)|null|none|nil|no|n/a|no error|0+|200|undefined|\\{\\}|\\[\\]|false")
                : error.isNumber() ? error.asLong() == 0 || error.asLong() == 200 : !error.asBoolean();
    }

    /// The parameter that the server does not take, where that is the complaint.
    Optional<Parameter> unsupported() {
        String lower = text.toLowerCase(Locale.ROOT);
        if (isAbout(Topic.TOO_LONG) || !isAbout(Topic.UNSUPPORTED)) {
            return Optional.empty();
        }
        // OpenAI's text names the spelling to use as well, so `param`, or else the first that is named, is the one.
        var named = Arrays.stream(Parameter.values()).filter(each -> each.wire.equals(param.replace('.', '_'))).findFirst();
        return named.or(() -> Arrays.stream(Parameter.values()).filter(each -> each.placeIn(lower) < Integer.MAX_VALUE)
                .min(Comparator.comparingInt(each -> each.placeIn(lower))))
                .filter(each -> each != Parameter.REASONING_EFFORT || !isAbout(Topic.OTHER_VALUES));
    }

    boolean isAbout(Topic topic) {
        return topic.pattern.matcher((code + " " + param + " " + text).toLowerCase(Locale.ROOT)).find();
    }

    /// Whether a web page came, as servers send it of which the API is only a part.
    boolean isPage() {
        return text.stripLeading().startsWith("<");
    }

    /// How many tokens the model takes, where the server says so of a question that is too long.
    ///
    /// @param estimate how many tokens the question was taken to be; where the server counts more, fewer of ours fit
    Optional<Long> contextTokens(long estimate) {
        long context = number(CONTEXT);
        return context < 64 ? Optional.empty() : Optional.of(context * estimate / Math.max(estimate, number(PROMPT)));
    }

    private long number(Pattern figure) {
        var found = figure.matcher(text.toLowerCase(Locale.ROOT));
        return found.find() && found.group(1).length() < 12 ? Long.parseLong(found.group(1).replace(",", "")) : 0;
    }
}
