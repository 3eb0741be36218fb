package runnel.upstream.openai;

import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import okhttp3.HttpUrl;
import runnel.chat.Problem;
import runnel.chat.Secret;
import runnel.settings.ContinueBy;
import runnel.settings.Outbound;
import runnel.settings.Provider;

/// An OpenAI-compatible server, and how it is asked.
///
/// @param provider       where it is and who asks, which is said to its address only; a query in the address stays
/// @param preferredModel the model to use when nobody chose, even if the server does not list it
/// @param waits          how long an answer is waited for
/// @param continueBy     how a model is asked to go on with an answer
/// @param outbound       what lies between
public record Endpoint(Provider provider, Optional<String> preferredModel, Waits waits, ContinueBy continueBy, Outbound outbound) {

    public Endpoint(URI baseUrl, Optional<Secret> key, Optional<String> organization, Optional<String> preferredModel, Duration timeout) {
        this(Provider.main(baseUrl, key, organization, Provider.Offer.WHATEVER_IT_LISTS), preferredModel, new Waits(timeout, timeout),
                ContinueBy.AUTO, Outbound.DIRECT);
    }

    public Endpoint {
        if (HttpUrl.get(provider.url()) == null) {
            throw new IllegalArgumentException("The base URL must begin with http:// or https:// and name a host");
        }
        provider.access().key().ifPresent(secret -> requireHeader("key", secret.reveal(), ' ' + 1));
        provider.access().headers().forEach((name, value) -> requireHeader(name, value.reveal(), ' '));
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

    public URI baseUrl() {
        return provider.url();
    }

    public Optional<Secret> key() {
        return provider.access().key();
    }

    /// What must not be seen of what is sent.
    List<Secret> secrets() {
        return Stream.concat(key().stream(), provider.access().headers().values().stream()).toList();
    }

    Problem named(Problem problem) {
        return new Problem(problem.code(), problem.status(), problem.title(), called(problem.detail()));
    }

    /// What people are told, with the names of the settings that belong to this server.
    public String called(String text) {
        String said = text;
        for (var word : provider.access().words().entrySet()) {
            said = said.replace(word.getKey(), word.getValue());
        }
        return said;
    }

    /// Why it is not asked, where that is so.
    Optional<Problem> unset() {
        var unset = provider.access().unset();
        return unset.isEmpty() ? Optional.empty() : Optional.of(UpstreamProblems.unset(provider.id(), unset));
    }

    /// Where questions go.
    String path() {
        return switch (provider.api()) {
            case CHAT -> "chat/completions";
            case RESPONSES -> "responses";
        };
    }

    HttpUrl at(String path) {
        return base().newBuilder().addPathSegments(path).build();
    }

    /// Without the path of questions, which many documents show as the address (Azure's "target URI").
    private HttpUrl base() {
        var url = HttpUrl.get(baseUrl());
        int last = url.pathSize() - 1;
        boolean whole = last > 0 && url.encodedPath().endsWith("/chat/completions");
        return whole ? url.newBuilder().removePathSegment(last).removePathSegment(last - 1).build() : url;
    }

    /// Where a server has what is no part of the API: beside its `/v1`.
    HttpUrl beside(String path) {
        var base = base();
        int last = base.pathSize() - 1;
        boolean versioned = base.pathSegments().get(last).equals("v1");
        return (versioned ? base.newBuilder().removePathSegment(last) : base.newBuilder()).addPathSegments(path).build();
    }

    /// Whether it is asked over TLS.
    boolean isSecure() {
        return baseUrl().getScheme().equalsIgnoreCase("https");
    }

    /// What every request says of who asks.
    Map<String, String> headers() {
        var headers = new LinkedHashMap<String, String>();
        headers.put("User-Agent", "Runnel");
        key().ifPresent(secret -> headers.put("Authorization", "Bearer " + secret.reveal()));
        provider.access().headers().forEach((name, value) -> headers.put(name, value.reveal()));
        return headers;
    }

    /// A header's value would travel into OkHttp's exception text, so it is looked at here, and not repeated.
    private static void requireHeader(String what, String value, int least) {
        if (least > ' ' && value.isBlank() || !value.chars().allMatch(c -> c >= least && c < 0x7f)) {
            throw new IllegalArgumentException("The " + what + " must be printable ASCII" + (least > ' ' ? " without spaces" : ""));
        }
    }
}
