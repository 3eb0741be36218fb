package runnel.upstream.openai;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import runnel.chat.Problem;
import runnel.upstream.Outcome;
import runnel.upstream.openai.ErrorBody.Topic;

/// Everything that can be wrong with an upstream, for the person who waits for the answer, with the setting that corrects it
/// where there is one; and which of it a status or an error body means. None of it is the upstream's own text, which may hold anything.
final class UpstreamProblems {
    static final Problem UNRESOLVED = of("upstream-unresolved", "The model server was not found",
            "Its host name does not resolve. Check OPENAI_BASE_URL and the network; where a proxy is needed, set HTTPS_PROXY.");
    static final Problem UNREACHABLE = of("upstream-unreachable", "The model server cannot be reached",
            "Nothing accepts connections at its address. Check that it runs, and OPENAI_BASE_URL; where a proxy is needed, set "
                    + "HTTPS_PROXY.");
    static final Problem INSECURE = of("upstream-tls", "No secure connection to the model server",
            "The TLS handshake failed. If the server speaks no TLS there, OPENAI_BASE_URL should begin with http://.");
    static final Problem UNTRUSTED = of("upstream-tls-untrusted", "The model server's certificate is not trusted",
            "No authority that is known here has signed it. Set OPENAI_CA_FILE to a file with the certificate of the one that has.");
    static final Problem EXPIRED = of("upstream-tls-expired", "The model server's certificate has expired",
            "It must be renewed there. Check this machine's clock, too.");
    static final Problem OTHER_NAME = of("upstream-tls-name", "The model server's certificate is for another name",
            "Write the host in OPENAI_BASE_URL as the certificate has it.");
    static final Problem NEEDS_TLS = of("upstream-needs-tls", "The model server wants TLS",
            "OPENAI_BASE_URL should begin with https://.");
    static final Problem PROXY_LOGIN = of("upstream-proxy-login", "The proxy on the way wants a login",
            "Write it into the proxy's address, as HTTPS_PROXY=http://user:password@host:port.");
    static final Problem PROXY_REFUSED = of("upstream-proxy-refused", "The proxy on the way refused",
            "It does not let us through to the model server. Check HTTPS_PROXY, and NO_PROXY for a server in the house.");
    static final Problem REFUSED_KEY = of("upstream-refused-key", "The model server refused the key",
            "Check OPENAI_API_KEY: it may be missing, wrong, expired or not allowed to use this model.");
    static final Problem NOT_FOUND = of("upstream-not-found", "The model server does not know this",
            "The model is unknown there, or OPENAI_BASE_URL is wrong (most end in /v1). Choose another model or check it.");
    static final Problem CONTEXT_EXCEEDED = new Problem(Outcome.TOO_LONG, 422, "The chat is too long for the model",
            "It does not fit into the model's context. Shorten the prompt, begin a new chat, or choose a larger model. "
                    + "OPENAI_CONTEXT_LENGTH says how many tokens fit, where the server does not.");
    static final Problem REFUSED = of("upstream-refused", "The model server refused the question",
            "It does not accept something in it, such as a parameter or the model. The server's log has its words.");
    static final Problem ELSEWHERE = of("upstream-elsewhere", "The model server does not serve this place",
            "Its provider does not offer it where this machine is. A proxy elsewhere (HTTPS_PROXY) or another provider would be needed.");
    static final Problem UNPAID = new Problem("upstream-unpaid", 429, "The account with the model server is used up",
            "There is no credit or quota left. Check the plan and billing there, or choose another model.");
    static final Problem ERROR = of("upstream-error", "The model server failed",
            "It reported an error of its own. Try again later.");
    static final Problem ENDED = of("upstream-error", "The model server failed",
            "It ended the answer by an error of its own. What came until then is kept.");
    static final Problem GAVE_UP = new Problem("upstream-timeout", 504, "The answer took too long",
            "The model server gave up waiting for its model. Try again later.");
    static final Problem OVERLOADED = new Problem("upstream-overloaded", 503, "The model server is too busy",
            "It takes no more questions at the moment. Try again later.");
    static final Problem REDIRECT = of("upstream-redirect", "The model server has moved",
            "It answers with a redirect, which is not followed. Set OPENAI_BASE_URL to the final address.");
    static final Problem NOT_AN_API = of("upstream-not-an-api", "This is not a model server",
            "The address answers, but not as an OpenAI-compatible API does. Check OPENAI_BASE_URL (most end in /v1).");
    static final Problem PAGE = of("upstream-not-an-api", "This is not a model server",
            "A web page came in place of an answer. Check OPENAI_BASE_URL (most end in /v1).");
    static final Problem HUNG_UP = of("upstream-hung-up", "The model server hung up",
            "It ended the connection without an answer. Try again; if it stays so, check OPENAI_BASE_URL, and whether it should "
                    + "begin with https://.");
    static final Problem BROKEN_OFF = of("upstream-broken-off", "The answer broke off",
            "The connection to the model server ended in the middle of the answer. What came until then is kept.");
    private static final String SAID_NOTHING = "The model said nothing";
    static final Problem EMPTY = of("upstream-empty", SAID_NOTHING,
            "Its server ended the answer before it began. Try again.");
    static final Problem ONLY_THOUGHT = of("upstream-empty", SAID_NOTHING,
            "It thought, and then ended without an answer. Try again.");
    static final Problem SPENT = of("upstream-empty", SAID_NOTHING,
            "It reached the cap on its reply before the answer began. Allow it more tokens (OPENAI_MAX_RESPONSE_LENGTH), or ask for less.");
    static final Problem WITHHELD = of("upstream-empty", SAID_NOTHING,
            "A filter of its server withheld the answer. Put the question otherwise.");
    static final Problem CALLED = of("upstream-empty", SAID_NOTHING,
            "It called a tool, though none was offered. Try again, or choose another model.");
    static final Problem MALFORMED = of("upstream-malformed", "The answer cannot be read",
            "The model server sent something that is not valid JSON. What came until then is kept.");
    static final Problem PLAIN_TEXT = of("upstream-malformed", "The answer cannot be read",
            "The model server sent plain text in place of an answer. Its beginning is in the server's log. Check OPENAI_BASE_URL.");
    static final Problem PACKED = of("upstream-malformed", "The answer cannot be read",
            "The model server, or a proxy before it, sent compressed or other binary data that nobody asked for.");
    static final Problem OVERSIZED = of("upstream-oversized", "The answer cannot be read",
            "The model server sent megabytes without a piece of an answer in them. What came until then is kept.");
    static final Problem NO_LIST = of("upstream-no-list", "There is no list of models",
            "The model server does not say which models it has. Set OPENAI_MODEL, and check OPENAI_BASE_URL (most end in /v1).");
    static final Problem NO_MODELS = of("upstream-no-models", "The model server has no models yet",
            "Its list is empty. Load a model there (with Ollama: ollama pull llama3.2), or set OPENAI_MODEL.");

    private static final Set<String> OUTAGES = Set.of(UNRESOLVED.code(), UNREACHABLE.code(), HUNG_UP.code(), GAVE_UP.code(),
            OVERLOADED.code(), ERROR.code(), "upstream-limited");

    private UpstreamProblems() {}

    private static Problem of(String code, String title, String detail) {
        return new Problem(code, 502, title, detail);
    }

    static Problem unset(String provider, Set<String> variables) {
        return new Problem("upstream-key-unset", 502, "A key is not set", "Set %s in the environment or in .env, for the model server %s."
                .formatted(variables.stream().sorted().collect(Collectors.joining(" and ")), provider));
    }

    /// Whether it may pass by itself.
    static boolean isOutage(Problem problem) {
        return OUTAGES.contains(problem.code());
    }

    static Problem ambiguous(List<String> models) {
        return new Problem("model-ambiguous", 422, "Several model servers have this model",
                "Choose one of " + String.join(", ", models) + ".");
    }

    static Problem limited(Optional<Duration> pause) {
        var when = pause.map(time -> "%d seconds".formatted(Math.ceilDiv(time.toMillis(), 1_000))).orElse("a while");
        return new Problem("upstream-limited", 429, "The model server's limit is reached",
                "Too many questions or tokens at once. Try again in %s.".formatted(when));
    }

    static Problem listTooSlow(Duration timeout) {
        return new Problem("upstream-timeout", 504, "The list of models took too long",
                "The model server did not send it within " + timeout.toSeconds() + " seconds. Try again later, or set OPENAI_MODEL.");
    }

    static Problem tooSlow(Duration timeout) {
        return new Problem("upstream-timeout", 504, "The answer took too long",
                "It was not complete after " + timeout.toSeconds() + " seconds. OPENAI_TIMEOUT sets how long to wait.");
    }

    static Problem silent(Duration silence) {
        return new Problem("upstream-timeout", 504, "The model fell silent",
                "Nothing came for " + silence.toSeconds() + " seconds. OPENAI_SILENCE_TIMEOUT sets how long to wait.");
    }

    /// Why an answer without a word ended.
    static Problem ofEmptyAnswer(FinishReason reason, boolean hasThought) {
        return switch (reason) {
            case CONTENT_FILTER -> WITHHELD;
            case LENGTH -> SPENT;
            case TOOL_CALLS -> CALLED;
            case FAILURE -> ENDED;
            case STOP -> hasThought ? ONLY_THOUGHT : EMPTY;
        };
    }

    /// Why an answer that had begun did not go on. A drop shows itself in many ways, some of which are no [IOException]:
    /// a chunk whose size is negative is an [IllegalArgumentException] in OkHttp.
    static Problem ofReading(Throwable failure) {
        return failure instanceof Transport.Oversized ? OVERSIZED : BROKEN_OFF;
    }

    static Problem ofStatus(ErrorResponse errorResponse) {
        var errorBody = errorResponse.errorBody();
        return switch (errorResponse.status()) {
            case 401 -> errorBody.isAbout(Topic.UNPAID) ? UNPAID : REFUSED_KEY;
            case 403 -> errorBody.isPage() ? PAGE : ofWords(errorBody).orElse(REFUSED_KEY);
            case 402 -> UNPAID;
            case 404, 405 -> errorBody.isAbout(Topic.UNLOADED) ? NO_MODELS
                    : errorBody.isPage() || errorBody.isAbout(Topic.PATH) ? NOT_AN_API : NOT_FOUND;
            case 407 -> PROXY_LOGIN;
            case 408, 504, 524 -> GAVE_UP; // the last is Cloudflare's
            case 429 -> errorBody.isAbout(Topic.UNPAID) && ErrorResponse.waitIn(errorBody).isEmpty() ? UNPAID
                    : limited(errorResponse.pause()); // Gemini's quota for a minute has the words of one that is used up
            case 413 -> CONTEXT_EXCEEDED;
            case 503, 529 -> errorBody.isAbout(Topic.MODEL) && !errorBody.isAbout(Topic.BUSY) ? NOT_FOUND : OVERLOADED;
            default -> ofOtherStatus(errorResponse.status(), errorBody);
        };
    }

    private static Problem ofOtherStatus(int status, ErrorBody errorBody) {
        if (status / 100 == 3 && !ConnectFailure.wantsTls(errorBody.text())) {
            return REDIRECT;
        }
        return ofWords(errorBody).orElse(status / 100 == 4 ? REFUSED : ERROR);
    }

    /// What a complaint means that came in an answer, where no status says its kind.
    static Problem ofComplaint(ErrorBody errorBody) {
        return ofWords(errorBody).orElse(ERROR);
    }

    private static Optional<Problem> ofWords(ErrorBody errorBody) {
        return errorBody.isAbout(Topic.TOO_LONG) ? Optional.of(CONTEXT_EXCEEDED)
                : ConnectFailure.wantsTls(errorBody.text()) ? Optional.of(NEEDS_TLS)
                : errorBody.isAbout(Topic.KEY) ? Optional.of(REFUSED_KEY)
                : errorBody.isAbout(Topic.PATH) ? Optional.of(NOT_AN_API)
                : errorBody.isAbout(Topic.UNLOADED) ? Optional.of(NO_MODELS)
                : errorBody.isAbout(Topic.MODEL) ? Optional.of(NOT_FOUND)
                : errorBody.isAbout(Topic.FILTER) ? Optional.of(WITHHELD)
                : errorBody.isAbout(Topic.REGION) ? Optional.of(ELSEWHERE)
                : errorBody.isAbout(Topic.UNPAID) ? Optional.of(UNPAID)
                : errorBody.isAbout(Topic.LIMITED) ? Optional.of(limited(ErrorResponse.waitIn(errorBody)))
                : errorBody.isAbout(Topic.BUSY) ? Optional.of(OVERLOADED) : Optional.empty();
    }
}
