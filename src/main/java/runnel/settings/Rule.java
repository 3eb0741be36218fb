package runnel.settings;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import runnel.chat.Secret;

/// What a setting's value may be.
///
/// @param allowed what is allowed, to complete the sentence "It must be …"
/// @param showing whether a wrong value may be shown; never for secrets
/// @param read    the value, or empty where it is not allowed
public record Rule<T>(String allowed, Predicate<String> showing, Function<String, Optional<T>> read) {

    static <T> Rule<T> of(String allowed, Function<String, Optional<T>> read) {
        return new Rule<>(allowed, value -> true, read);
    }

    static Rule<Long> whole(long least, long most) {
        return of("a whole number from " + least + " to " + most, value -> number(value, Long::valueOf)
                .filter(number -> number >= least && number <= most));
    }

    static Rule<Double> decimal(double least, double most) {
        return of("a number from " + plain(least) + " to " + plain(most), value -> number(value, Double::valueOf)
                .filter(number -> number >= least && number <= most));
    }

    /// The number without the `.0` of a whole one.
    public static String plain(double number) {
        return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
    }

    private static <N> Optional<N> number(String value, Function<String, N> reader) {
        // Java would read 1e1, 0x1p3 and 2f as well.
        if (!value.matches("-?[0-9]{1,15}([.][0-9]{1,15})?")) {
            return Optional.empty();
        }
        try {
            return Optional.of(reader.apply(value));
        } catch (NumberFormatException wrong) {
            return Optional.empty();
        }
    }

    static Rule<Boolean> yesOrNo() {
        return of("true or false", value -> switch (value.toLowerCase(Locale.ROOT)) {
            case "true", "yes", "on", "1" -> Optional.of(true);
            case "false", "no", "off", "0" -> Optional.of(false);
            default -> Optional.empty();
        });
    }

    static <E extends Enum<E>> Rule<E> oneOf(Class<E> type) {
        List<E> values = List.of(type.getEnumConstants());
        String allowed = values.stream().map(Rule::lower).collect(Collectors.joining(", ", "one of ", ""));
        return of(allowed, value -> values.stream().filter(one -> lower(one).equals(value.toLowerCase(Locale.ROOT))).findFirst());
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    /// Words for people or for a model; line breaks and tabs are allowed.
    static Rule<String> text(int most) {
        return of("a text of at most " + most + " characters", value -> Optional.of(value)
                .filter(text -> text.length() <= most && text.chars()
                        .noneMatch(c -> Character.isISOControl(c) && !Character.isWhitespace(c))));
    }

    /// Something that is sent in an HTTP header, where other characters are an error or an attack.
    static Rule<String> word() {
        return of("visible ASCII characters without spaces, at most 1000", value -> Optional.of(value)
                .filter(word -> word.length() <= 1000 && word.chars().allMatch(c -> c > ' ' && c < 127)));
    }

    static Rule<Secret> secret(Rule<String> rule) {
        return new Rule<>(rule.allowed, value -> false, value -> rule.read.apply(value).map(Secret::new));
    }

    /// Values separated by commas, all of which `rule` allows.
    static <T> Rule<List<T>> listOf(String allowed, Rule<T> rule) {
        return of(allowed, value -> {
            List<Optional<T>> parts = Arrays.stream(value.split(",")).map(String::strip).filter(part -> !part.isEmpty())
                    .map(rule.read).toList();
            return parts.stream().allMatch(Optional::isPresent)
                    ? Optional.of(parts.stream().map(Optional::orElseThrow).toList()) : Optional.empty();
        });
    }
}
