package runnel.upstream.openai;

import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import okhttp3.HttpUrl;
import runnel.chat.Secret;
import runnel.settings.ContinueBy;
import runnel.settings.Outbound;

/// Where an OpenAI-compatible server is, and how it is asked.
///
/// @param baseUrl        what comes before `/chat/completions`, as in `https://api.openai.com/v1`; a query stays
/// @param authentication sent to this address only
/// @param preferredModel the model to use when nobody chose, even if the server does not list it
/// @param waits          how long an answer is waited for
/// @param continueBy     how a model is asked to go on with an answer
/// @param outbound       what lies between
public record Endpoint(
        URI baseUrl,
        Authentication authentication,
        Optional<String> preferredModel,
        Waits waits,
        ContinueBy continueBy,
        Outbound outbound) {

    public Endpoint(URI baseUrl, Optional<Secret> key, Optional<String> organization, Optional<String> preferredModel, Duration timeout) {
        this(baseUrl, new Authentication(key, organization), preferredModel, new Waits(timeout, timeout), ContinueBy.AUTO, Outbound.DIRECT);
    }

    public Endpoint {
        if (HttpUrl.get(baseUrl) == null) {
            throw new IllegalArgumentException("The base URL must begin with http:// or https:// and name a host");
        }
        Objects.requireNonNull(preferredModel);
    }

    /// @param whole   how long one answer may take; a model that still writes then is not cut
    /// @param silence how long nothing at all may come
    public record Waits(Duration whole, Duration silence) {
        public Waits {
            if (!whole.isPositive() || !silence.isPositive()) {
                throw new IllegalArgumentException("The timeout must be longer than nothing");
            }
        }
    }

    /// @param key          sent as the bearer token
    /// @param organization sent as `OpenAI-Organization`
    public record Authentication(Optional<Secret> key, Optional<String> organization) {
        public Authentication {
            key.ifPresent(secret -> requireHeader("key", secret.reveal()));
            organization.ifPresent(name -> requireHeader("organization", name));
        }
    }

    public Optional<Secret> key() {
        return authentication.key();
    }

    HttpUrl at(String path) {
        return HttpUrl.get(baseUrl).newBuilder().addPathSegments(path).build();
    }

    /// Where a server has what is no part of the API: beside its `/v1`.
    HttpUrl beside(String path) {
        var base = HttpUrl.get(baseUrl);
        int last = base.pathSize() - 1;
        boolean versioned = base.pathSegments().get(last).equals("v1");
        return (versioned ? base.newBuilder().removePathSegment(last) : base.newBuilder()).addPathSegments(path).build();
    }

    /// Whether it is asked over TLS.
    boolean isSecure() {
        return baseUrl.getScheme().equalsIgnoreCase("https");
    }

    /// What every request says of who asks.
    Map<String, String> headers() {
        var headers = new LinkedHashMap<String, String>();
        headers.put("User-Agent", "Runnel");
        key().ifPresent(secret -> headers.put("Authorization", "Bearer " + secret.reveal()));
        authentication.organization().ifPresent(name -> headers.put("OpenAI-Organization", name));
        return headers;
    }

    /// A header's value would travel into OkHttp's exception text, so it is looked at here, and not repeated.
    private static void requireHeader(String what, String value) {
        if (value.isBlank() || !value.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            throw new IllegalArgumentException("The " + what + " must be printable ASCII without spaces");
        }
    }
}
