package runnel.upstream.openai;

import java.time.Duration;
import runnel.chat.Problem;

/// Everything that can be wrong with an upstream, in words for the person who waits for the answer, with the remedy
/// where there is one. None of it is the upstream's own text, which may hold anything.
final class UpstreamProblems {
    static final int BAD_GATEWAY = 502;

    static final Problem UNRESOLVED = new Problem("upstream-unresolved", BAD_GATEWAY, "The model server was not found",
            "Its host name does not resolve. Check OPENAI_BASE_URL and the network; where a proxy is needed, set HTTPS_PROXY.");

    static final Problem UNREACHABLE = new Problem("upstream-unreachable", BAD_GATEWAY,
            "The model server cannot be reached",
            "Nothing accepts connections at its address. Check that it runs, and OPENAI_BASE_URL; where a proxy is needed, set HTTPS_PROXY.");

    static final Problem INSECURE = new Problem("upstream-tls", BAD_GATEWAY, "No secure connection to the model server",
            "The TLS handshake failed. If the server speaks no TLS there, OPENAI_BASE_URL should begin with http://.");

    static final Problem UNTRUSTED = new Problem("upstream-tls-untrusted", BAD_GATEWAY, "The model server's certificate is not trusted",
            "No authority that is known here has signed it. Set OPENAI_CA_FILE to a file with the certificate of the one that has.");

    static final Problem EXPIRED = new Problem("upstream-tls-expired", BAD_GATEWAY, "The model server's certificate has expired",
            "It must be renewed there. Check this machine's clock, too.");

    static final Problem OTHER_NAME = new Problem("upstream-tls-name", BAD_GATEWAY, "The model server's certificate is for another name",
            "Write the host in OPENAI_BASE_URL as the certificate has it.");

    static final Problem NEEDS_TLS = new Problem("upstream-needs-tls", BAD_GATEWAY, "The model server wants TLS",
            "OPENAI_BASE_URL should begin with https://.");

    static final Problem PROXY_LOGIN = new Problem("upstream-proxy-login", BAD_GATEWAY, "The proxy on the way wants a login",
            "Write it into the proxy's address, as HTTPS_PROXY=http://user:password@host:port.");

    static final Problem PROXY_REFUSED = new Problem("upstream-proxy-refused", BAD_GATEWAY, "The proxy on the way refused",
            "It does not let us through to the model server. Check HTTPS_PROXY, and NO_PROXY for a server in the house.");

    static final Problem REFUSED_KEY = new Problem("upstream-refused-key", BAD_GATEWAY,
            "The model server refused the key",
            "Check OPENAI_API_KEY: it may be wrong, expired or not allowed to use this model.");

    static final Problem NOT_FOUND = new Problem("upstream-not-found", BAD_GATEWAY,
            "The model server does not know this",
            "The model is unknown there, or OPENAI_BASE_URL is wrong (most end in /v1). Choose another model or check it.");

    static final Problem CONTEXT_EXCEEDED = new Problem("upstream-context-exceeded", 422,
            "The chat is too long for the model",
            "It does not fit into the model's context. Shorten the prompt, begin a new chat, or choose a larger model.");

    static final Problem REFUSED = new Problem("upstream-refused", BAD_GATEWAY, "The model server refused the question",
            "It does not accept something in it, such as a parameter or the model. The server's log has its words.");

    static final Problem UNPAID = new Problem("upstream-unpaid", 429, "The account with the model server is used up",
            "There is no credit or quota left. Check the plan and billing there, or choose another model.");

    static final Problem ERROR = new Problem("upstream-error", BAD_GATEWAY, "The model server failed",
            "It reported an error of its own. Try again later.");

    static final Problem GAVE_UP = new Problem("upstream-timeout", 504, "The answer took too long",
            "The model server gave up waiting for its model. Try again later.");

    static final Problem OVERLOADED = new Problem("upstream-overloaded", 503, "The model server is too busy",
            "It takes no more questions at the moment. Try again later.");

    static final Problem REDIRECT = new Problem("upstream-redirect", BAD_GATEWAY, "The model server has moved",
            "It answers with a redirect, which is not followed. Set OPENAI_BASE_URL to the final address.");

    static final Problem NOT_AN_API = new Problem("upstream-not-an-api", BAD_GATEWAY, "This is not a model server",
            "The address answers, but not as an OpenAI-compatible API does. Check OPENAI_BASE_URL (most end in /v1).");

    static final Problem HUNG_UP = new Problem("upstream-hung-up", BAD_GATEWAY, "The model server hung up",
            "It ended the connection without an answer. Try again; if it stays so, check OPENAI_BASE_URL, and whether it should begin with https://.");

    static final Problem BROKEN_OFF = new Problem("upstream-broken-off", BAD_GATEWAY, "The answer broke off",
            "The connection to the model server ended in the middle of the answer. What came until then is kept.");

    static final Problem EMPTY = new Problem("upstream-empty", BAD_GATEWAY, "The answer was empty",
            "The model server ended its answer before it began. Try again.");

    static final Problem MALFORMED = new Problem("upstream-malformed", BAD_GATEWAY, "The answer cannot be read",
            "The model server sent something that is not valid. What came until then is kept.");

    static final Problem OVERSIZED = new Problem("upstream-oversized", BAD_GATEWAY, "The answer cannot be read",
            "The model server sent megabytes without a piece of an answer in them. What came until then is kept.");

    static final Problem NO_LIST = new Problem("upstream-no-list", BAD_GATEWAY, "There is no list of models",
            "The model server does not say which models it has. Set OPENAI_MODEL, and check OPENAI_BASE_URL (most end in /v1).");

    static final Problem NO_MODELS = new Problem("upstream-no-models", BAD_GATEWAY, "The model server has no models yet",
            "Its list is empty. Load a model there (with Ollama: ollama pull llama3.2), or set OPENAI_MODEL.");

    private UpstreamProblems() {}

    static Problem limited(String retryAfter) {
        boolean seconds = retryAfter.matches("[0-9]{1,6}");
        return new Problem("upstream-limited", 429, "The model server's limit is reached", seconds
                ? "Too many questions or tokens at once. Try again in " + retryAfter + " seconds."
                : "Too many questions or tokens at once. Try again in a while.");
    }

    static Problem listTooSlow(Duration timeout) {
        return new Problem("upstream-timeout", 504, "The list of models took too long",
                "The model server did not send it within " + timeout.toSeconds() + " seconds. Try again later, or set OPENAI_MODEL.");
    }

    static Problem tooSlow(Duration timeout) {
        return new Problem("upstream-timeout", 504, "The answer took too long",
                "It was not complete after " + timeout.toSeconds() + " seconds. OPENAI_TIMEOUT sets how long to wait.");
    }
}
