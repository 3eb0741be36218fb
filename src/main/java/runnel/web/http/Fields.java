package runnel.web.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import runnel.account.Email;
import runnel.chat.Refused;
import runnel.chat.Secret;
import runnel.settings.Rule;

/// The fields of a request, checked as they are taken. Every wrong one is told at once, by [#check]; unknown ones are
/// ignored everywhere. A field that is null counts as absent.
public final class Fields {
    private static final int MAX_SECRET = 1_000;
    private static final int MAX_TOLD = 100;
    private static final Pattern UUID = Pattern.compile("(?i)[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private final SequencedMap<String, String> errors;
    private final JsonNode object;
    private final String at;

    public Fields(ObjectNode object) {
        this(object, "", new LinkedHashMap<>());
    }

    private Fields(JsonNode object, String at, SequencedMap<String, String> errors) {
        this.object = object;
        this.at = at;
        this.errors = errors;
    }

    /// Those of a field that is an object. They are told with its name before theirs: `text.format`.
    public Fields within(String field) {
        if (has(field) && !node(field).isObject()) {
            wrong(field, "must be an object");
        }
        return new Fields(node(field), at + field + ".", errors);
    }

    /// Those of each element of a field that is an array: `tools[0].name`.
    public List<Fields> each(String field) {
        if (has(field) && !node(field).isArray()) {
            wrong(field, "must be an array");
        }
        return IntStream.range(0, node(field).isArray() ? node(field).size() : 0)
                .mapToObj(i -> new Fields(node(field).get(i), at + field + "[" + i + "].", errors)).toList();
    }

    /// Refuses all but these, unless they are null.
    public void only(Set<String> names) {
        object.forEachEntry((name, value) -> {
            if (!names.contains(name) && !value.isNull()) {
                wrong(name, "is not supported by this server");
            }
        });
    }

    public JsonNode node(String field) {
        return object.path(field);
    }

    /// What names the object itself.
    public String name() {
        return at.isEmpty() ? "" : at.substring(0, at.length() - 1);
    }

    /// @throws Refused where a field that was taken is wrong
    public void check() {
        if (!errors.isEmpty()) {
            throw Refused.fields(errors);
        }
    }

    /// Tells the first thing that is wrong with each field, of so many fields as anybody reads.
    public void wrong(String field, String message) {
        if (errors.size() < MAX_TOLD) {
            errors.putIfAbsent(at + field, message);
        }
    }

    public boolean has(String field) {
        return object.hasNonNull(field);
    }

    public boolean nulled(String field) {
        return object.has(field) && object.get(field).isNull();
    }

    /// A text without white space at its ends, of at least one character.
    public String required(String field, int maxCharacters) {
        if (!has(field)) {
            wrong(field, "is missing");
            return "";
        }
        return text(field, maxCharacters).orElse("");
    }

    public Optional<String> text(String field, int maxCharacters) {
        return free(field, maxCharacters).filter(text -> {
            if (text.isEmpty()) {
                wrong(field, "must not be empty");
            }
            return !text.isEmpty();
        });
    }

    /// A text without white space at its ends, which may be empty.
    public Optional<String> free(String field, int maxCharacters) {
        var text = taken(field, JsonNode::isTextual, "must be a string").map(node -> CleanText.clean(node.textValue()).strip());
        if (text.filter(given -> given.codePointCount(0, given.length()) > maxCharacters).isPresent()) {
            wrong(field, "must have at most %,d characters".formatted(maxCharacters));
            return Optional.empty();
        }
        return text;
    }

    /// A password or a token: taken as it is, white space and all, and shown by no message.
    public Secret secret(String field) {
        var node = object.path(field);
        if (!node.isTextual()) {
            wrong(field, has(field) ? "must be a string" : "is missing");
            return new Secret("");
        }
        if (node.textValue().length() > MAX_SECRET) {
            wrong(field, "must have at most %,d characters".formatted(MAX_SECRET));
            return new Secret("");
        }
        return new Secret(CleanText.clean(node.textValue()));
    }

    public Optional<Email> email(String field) {
        var email = text(field, MAX_SECRET).flatMap(Email::of);
        if (email.isEmpty()) {
            wrong(field, has(field) ? "must be an e-mail address" : "is missing");
        }
        return email;
    }

    public Optional<String> uuid(String field) {
        return text(field, 36).filter(text -> {
            boolean fits = UUID.matcher(text).matches();
            if (!fits) {
                wrong(field, "must be a UUID");
            }
            return fits;
        }).map(text -> text.toLowerCase(Locale.ROOT));
    }

    public Optional<Double> number(String field, double least, double most) {
        return taken(field, JsonNode::isNumber, "must be a number").filter(node -> within(field, node.doubleValue(), least, most))
                .map(JsonNode::doubleValue);
    }

    public Optional<Long> whole(String field, long least, long most) {
        return taken(field, node -> node.isIntegralNumber() && node.canConvertToLong(), "must be a whole number")
                .filter(node -> within(field, node.longValue(), least, most)).map(JsonNode::longValue);
    }

    public Optional<Boolean> flag(String field) {
        return taken(field, JsonNode::isBoolean, "must be true or false").map(JsonNode::booleanValue);
    }

    /// An array of different strings.
    public List<String> texts(String field, int most, int maxCharacters) {
        var values = taken(field, JsonNode::isArray, "must be an array of strings").stream().flatMap(JsonNode::valueStream).toList();
        if (values.stream().anyMatch(value -> !value.isTextual() || value.textValue().length() > maxCharacters)) {
            wrong(field, "must be an array of strings");
        } else if (values.size() > most || values.stream().distinct().count() < values.size()) {
            wrong(field, "must have at most %d entries, each once".formatted(most));
        }
        return values.stream().map(value -> CleanText.clean(value.asText())).toList();
    }

    private Optional<JsonNode> taken(String field, Predicate<JsonNode> fits, String message) {
        if (!has(field)) {
            return Optional.empty();
        }
        if (!fits.test(object.get(field))) {
            wrong(field, message);
            return Optional.empty();
        }
        return Optional.of(object.get(field));
    }

    private boolean within(String field, double value, double least, double most) {
        if (value >= least && value <= most) {
            return true;
        }
        wrong(field, "must be from %s to %s".formatted(Rule.plain(least), Rule.plain(most)));
        return false;
    }
}
