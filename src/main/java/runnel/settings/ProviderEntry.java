package runnel.settings;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import runnel.chat.Secret;

/// One model server of the file of them. Values that may be a secret are not repeated, in whatever field somebody has written them.
final class ProviderEntry {
    private static final List<String> FIELDS =
            List.of("id", "name", "url", "key_env", "api", "models", "headers", "context_length", "vision", "prices", "currency");
    private static final String HIDDEN = " (its value is not shown)";
    private static final int MAX_NAME = 160;

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,31}");
    private static final Set<String> RESERVED = Set.of(Provider.MAIN, "demo");
    private static final String ID_RULE = "1 to 32 letters, digits, dots, - and _, and not default or demo";

    /// In capitals, as POSIX has them, so that a key which was written here by mistake is no name.
    private static final Pattern VARIABLE = Pattern.compile("[A-Z_][A-Z0-9_]{0,99}");
    private static final String VARIABLE_RULE = "the name of an environment variable in capital letters, digits and _";

    private static final Pattern REFERENCE = Pattern.compile("\\$\\{([^}]*)}");
    private static final Pattern HEADER = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}");
    /// What says who asks has `key_env`, and the rest belongs to the connection.
    private static final Set<String> RESERVED_HEADERS = Set.of("authorization", "host", "content-length", "content-type", "cookie",
            "transfer-encoding", "connection", "accept", "accept-encoding", "proxy-authorization", "expect", "te", "trailer", "upgrade",
            "keep-alive");
    private static final String HEADER_RULE = "the name of a header, once, and none of the connection's own;"
            + " the key that Authorization carries is named by key_env";
    private static final String HEADER_VALUE_RULE = "visible ASCII characters and spaces on one line, at most 1000,"
            + " in which ${NAME} stands for a variable in capital letters, digits and _";

    private final String place;
    private final JsonNode json;
    private final SettingsReader reader;
    private final Set<String> unset = new LinkedHashSet<>();

    /// @param place as in `providers.json[1]`
    ProviderEntry(String place, JsonNode json, SettingsReader reader) {
        this.json = json;
        this.reader = reader;
        this.place = place + (id().isEmpty() ? "" : " (" + SettingsReader.shorten(id()) + ")");
    }

    String id() {
        return json.path("id").asText("");
    }

    /// Nothing where anything is wrong without which there is no server; the reader then knows of it.
    Optional<Provider> read() {
        if (!json.isObject()) {
            reader.refuse(place + " must be an object with the fields id and url.");
            return Optional.empty();
        }
        json.fieldNames().forEachRemaining(this::checkField);
        var id = text("id", ID_RULE, value -> ID.matcher(value).matches() && !RESERVED.contains(value.toLowerCase(Locale.ROOT)));
        var name = text("name", "1 to 80 characters on one line", value -> isLine(value, 80));
        var url = url();
        var access = new Provider.Access(key(), headers(), unset, words());
        var api = text("api", "chat or responses", value -> value.matches("chat|responses"));
        var offer = offer();
        if (id.isEmpty() || url.isEmpty()) {
            return Optional.empty();
        }
        var spoken = api.map(value -> Provider.Api.valueOf(value.toUpperCase(Locale.ROOT))).orElse(Provider.Api.CHAT);
        return Optional.of(new Provider(id.get(), name.orElse(id.get()), url.get(), access, spoken, offer));
    }

    private void checkField(String field) {
        if (!FIELDS.contains(field)) {
            boolean secret = field.toLowerCase(Locale.ROOT).matches(".*(key|token|secret|password).*");
            refuse(SettingsReader.shorten(field), "one of " + String.join(", ", FIELDS)
                    + (secret ? "; a secret is never in this file: key_env names the variable that holds it" : ""));
        }
    }

    private Optional<URI> url() {
        var rule = SettingsTable.OPENAI_BASE_URL.rule();
        var url = Optional.of(json.path("url")).filter(JsonNode::isTextual).flatMap(node -> rule.read().apply(node.textValue()));
        if (url.isEmpty()) {
            refuse("url" + (rule.showing().test(json.path("url").asText()) ? shown("url") : HIDDEN), rule.allowed());
        }
        return url;
    }

    private Optional<Secret> key() {
        boolean given = json.has("key_env");
        var name = Optional.of(json.path("key_env").asText()).filter(value -> VARIABLE.matcher(value).matches());
        if (given && name.isEmpty()) {
            refuse("key_env" + HIDDEN, VARIABLE_RULE);
        }
        return name.flatMap(this::variable);
    }

    /// What a variable holds, in the environment or in `.env`.
    private Optional<Secret> variable(String name) {
        var rule = SettingsTable.OPENAI_API_KEY.rule();
        var given = reader.variable(name);
        var value = given.flatMap(rule.read());
        if (given.isEmpty()) {
            unset.add(name);
        } else if (value.isEmpty()) {
            reader.refuse(name + ", which " + place + " names" + HIDDEN + ", is not allowed. It must be " + rule.allowed() + ".");
        }
        return value;
    }

    /// What a problem with this server names in place of the environment's settings.
    private Map<String, String> words() {
        String variable = json.path("key_env").asText("");
        return Map.of("OPENAI_BASE_URL", place + ", url", "OPENAI_MODEL", place + ", models",
                "OPENAI_CONTEXT_LENGTH", place + ", context_length",
                "OPENAI_API_KEY", variable.isEmpty() ? place + ", key_env" : variable);
    }

    private Map<String, Secret> headers() {
        Map<String, Secret> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        object("headers").forEach((name, value) -> {
            boolean good = HEADER.matcher(name).matches() && !RESERVED_HEADERS.contains(name.toLowerCase(Locale.ROOT));
            if (good && !headers.containsKey(name)) {
                header(name, value).ifPresent(known -> headers.put(name, known));
            } else {
                refuse("headers: " + SettingsReader.shorten(name), HEADER_RULE);
            }
        });
        return headers;
    }

    private Optional<Secret> header(String name, JsonNode value) {
        String written = value.isTextual() ? value.textValue() : "";
        boolean named = REFERENCE.matcher(written).results().allMatch(found -> VARIABLE.matcher(found.group(1)).matches());
        if (!named || written.isBlank() || written.length() > 1000 || !written.chars().allMatch(c -> c >= ' ' && c < 0x7f)) {
            refuse("headers." + name + HIDDEN, HEADER_VALUE_RULE);
            return Optional.empty();
        }
        return Optional.of(new Secret(REFERENCE.matcher(written).replaceAll(found ->
                Matcher.quoteReplacement(variable(found.group(1)).map(Secret::reveal).orElse("")))));
    }

    private Provider.Offer offer() {
        var models = names("models");
        Map<String, Long> contexts = new HashMap<>();
        object("context_length").forEach((model, tokens) -> {
            if (tokens.canConvertToLong() && tokens.isIntegralNumber() && tokens.asLong() > 0 && tokens.asLong() <= 1_000_000_000) {
                contexts.put(model, tokens.asLong());
            } else {
                refuse("context_length." + SettingsReader.shorten(model + ": " + tokens), "a whole number from 1 to 1000000000");
            }
        });
        var vision = Set.copyOf(names("vision"));
        checkAmong(models, "context_length", contexts.keySet());
        checkAmong(models, "vision", vision);
        var prices = prices();
        checkAmong(models, "prices", prices.keySet());
        return new Provider.Offer(models, contexts, vision, prices);
    }

    private Map<String, Provider.Price> prices() {
        var currency = text("currency", "three capital letters, as USD", value -> value.matches("[A-Z]{3}")).orElse("USD");
        Map<String, Provider.Price> prices = new HashMap<>();
        object("prices").forEach((model, price) -> {
            if (price.size() == 2 && isPrice(price.path("input")) && isPrice(price.path("output"))) {
                prices.put(model, new Provider.Price(price.get("input").asDouble(), price.get("output").asDouble(), currency));
            } else {
                refuse("prices." + SettingsReader.shorten(model + ": " + price),
                        "{\"input\": …, \"output\": …}, each what a million tokens cost");
            }
        });
        return prices;
    }

    private static boolean isPrice(JsonNode price) {
        return price.isNumber() && price.asDouble() >= 0 && price.asDouble() <= 1_000_000;
    }

    private void checkAmong(List<String> models, String field, Set<String> named) {
        named.stream().filter(model -> !models.isEmpty() && !models.contains(model) && !model.equals(Provider.Offer.EVERY)).sorted()
                .forEach(model -> refuse(field + ": " + SettingsReader.shorten(model), "one of those in models"));
    }

    private List<String> names(String field) {
        JsonNode list = json.path(field);
        if (!list.isMissingNode() && !list.isArray()) {
            refuse(field + shown(field), "an array of names of models");
            return List.of();
        }
        var names = list.valueStream().map(each -> each.isTextual() && isLine(each.textValue(), MAX_NAME) ? each.textValue() : "").toList();
        IntStream.range(0, names.size()).filter(i -> names.get(i).isEmpty() || names.indexOf(names.get(i)) < i)
                .forEach(i -> refuse(field + "[" + i + "]: " + SettingsReader.shorten(list.get(i).toString()),
                        "the name of a model, once, of 1 to " + MAX_NAME + " characters"));
        return names.stream().distinct().toList();
    }

    private Map<String, JsonNode> object(String field) {
        JsonNode object = json.path(field);
        if (!object.isMissingNode() && !object.isObject()) {
            refuse(field + HIDDEN, "an object");
        }
        return object.properties().stream().collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private Optional<String> text(String field, String allowed, Predicate<String> good) {
        var text = Optional.of(json.path(field)).filter(JsonNode::isTextual).map(JsonNode::textValue).filter(good);
        if (text.isEmpty() && (json.has(field) || field.equals("id"))) {
            refuse(field + shown(field), allowed);
        }
        return text;
    }

    private String shown(String field) {
        return json.has(field) ? ": " + SettingsReader.shorten(json.path(field).toString()) : " (missing)";
    }

    /// @param what the field, with its value where that may be shown
    void refuse(String what, String allowed) {
        reader.refuse(place + ", " + what + " is not allowed. It must be " + allowed + ".");
    }

    private static boolean isLine(String value, int most) {
        return !value.isBlank() && value.length() <= most && value.strip().equals(value)
                && value.chars().noneMatch(c -> Character.isISOControl(c) || c == '\u2028' || c == '\u2029');
    }
}
