package runnel.settings;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import runnel.chat.Secret;

/// A server of models that the operator has named.
///
/// @param id   stands before the names of its models where there are several servers; the environment's is [#MAIN]
/// @param name as people read it
/// @param url  what comes before `/chat/completions`
public record Provider(String id, String name, URI url, Access access, Api api, Offer offer) {
    public static final String MAIN = "default";

    /// By which of OpenAI's APIs it is asked.
    public enum Api { CHAT, RESPONSES }

    /// Who asks.
    ///
    /// @param key     sent as the bearer token
    /// @param headers sent with each request
    /// @param unset   the variables that should hold a key and are not set; without them it is not asked
    /// @param words   what people are to set in place of the environment's `OPENAI_*`, by those names
    public record Access(Optional<Secret> key, Map<String, Secret> headers, Set<String> unset, Map<String, String> words) {
        public Access {
            headers = Map.copyOf(headers);
            unset = Set.copyOf(unset);
            words = Map.copyOf(words);
        }
    }

    /// What a model costs.
    ///
    /// @param input    of a million tokens that it reads
    /// @param output   of a million tokens that it writes
    /// @param currency as ISO 4217 names it
    public record Price(double input, double output, String currency) {}

    /// The environment's.
    public static Provider main(URI url, Optional<Secret> key, Optional<String> organization, Offer offer) {
        Map<String, Secret> headers = organization.map(name -> Map.of("OpenAI-Organization", new Secret(name))).orElse(Map.of());
        return new Provider(MAIN, Hosts.of(url), url, new Access(key, headers, Set.of(), Map.of()), Api.CHAT, offer);
    }

    /// What it has, as far as its own list does not say so, or is not to be believed.
    ///
    /// @param models        the only ones that are offered, in this order; empty where its list says which there are
    /// @param contextTokens how many tokens a model reads and writes in all; under [#EVERY] for those that are not named
    /// @param vision        the models that see pictures
    /// @param prices        of models, as the operator knows them
    public record Offer(List<String> models, Map<String, Long> contextTokens, Set<String> vision, Map<String, Price> prices) {
        public static final Offer WHATEVER_IT_LISTS = new Offer(List.of(), Map.of(), Set.of());
        public static final String EVERY = "*";

        public Offer {
            models = List.copyOf(models);
            contextTokens = Map.copyOf(contextTokens);
            vision = Set.copyOf(vision);
            prices = Map.copyOf(prices);
        }

        public Offer(List<String> models, Map<String, Long> contextTokens, Set<String> vision) {
            this(models, contextTokens, vision, Map.of());
        }

        public Optional<Long> contextOf(String model) {
            return Optional.ofNullable(contextTokens.getOrDefault(model, contextTokens.get(EVERY)));
        }
    }
}
