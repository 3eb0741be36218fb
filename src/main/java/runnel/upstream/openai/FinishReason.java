package runnel.upstream.openai;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// Why a model stopped: one of the four words of OpenAI's API, or a failure, whatever its server calls that.
///
/// The words are those of OpenAI, Anthropic, Gemini, Cohere, Mistral, vLLM, SGLang, Ollama, DeepSeek, Zhipu and of what
/// gateways make of them. They are looked for in this order in the letters of the word, so that `out of resources`,
/// `OUT_OF_RESOURCES` and `outOfResources` are one; a word that is in no list means that the model was done.
enum FinishReason {
    CONTENT_FILTER("filter|safety|unsafe|recitation|blocklist|prohibited|spii|sensitive|moderat|refus|blocked|polic(y|ies)"
            + "|guardrail|censor|violat|toxic|harm|banned|jailbreak"
            + "|armor|^risk|inappropriate|nsfw|copyright|offensive|^language$"),
    LENGTH("length|max[a-z]*tokens?|maxoutput|tokens?limit|truncat|incomplete|contextwindow|contextlimit|errorlimit|pauseturn"
            + "|budget|outoftokens|^context$|cutoff|maxtime|maxpredicted"
            + "|(?<!rate|quota|resource|usage|spend|spending|concurrency|concurrent|requests?|credits?|cost|memory|daily|hourly|monthly)"
            + "limit"),
    FAILURE("error|fail|abort|cancel|time(d)?out|deadline|insufficient|resource|outofmemory|oom$|malformed|unexpected|overload"
            + "|unavailable|interrupt|disconnect|ratelimit|exception|crash|quota|internal|network|preempt|evict|killed|exhaust"
            + "|invalid|toomany|terminated|busy|connection|broken|upstream|^other$|reasonother|^unknown$|^load$"
            + "|unload|shutdown|dropped|stall|hangup|hungup|lost|reject|denied|forbidden|expired|unreachable|reset|panic"
            + "|corrupt|closed|limit"),
    TOOL_CALLS("tool|function"),
    STOP("");

    /// How servers write that there is none yet.
    private static final Pattern NONE = Pattern.compile(
            "(finishreason)?(null|none|nil|false|unspecified|undefined|notfinished|inprogress|running)?");

    private final Pattern pattern;

    FinishReason(String pattern) {
        this.pattern = Pattern.compile(pattern);
    }

    /// @param word the server's own; empty where it wrote none
    static Optional<FinishReason> of(String word) {
        String letters = word.toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "");
        if (word.matches("[45][0-9]{2}")) { // a status of HTTP
            return Optional.of(FAILURE);
        }
        return word.isEmpty() || NONE.matcher(letters).matches() && !word.matches(".*[0-9].*") ? Optional.empty()
                : Arrays.stream(values()).filter(reason -> reason.pattern.matcher(letters).find()).findFirst();
    }

    String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
