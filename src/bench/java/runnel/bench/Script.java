package runnel.bench;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// What the scripted model says. It is sent as the name of the model, so the client decides.
///
/// @param tokens how many tokens
/// @param rate   how many of them a second
/// @param lead   the bytes of text that come at once before the first token
record Script(int tokens, double rate, int lead) {
    private static final Pattern NAME = Pattern.compile("bench/(\\d{1,9})/(\\d{1,6}(?:\\.\\d{1,9})?)/(\\d{1,9})");

    static Script of(int tokens, double rate) {
        return new Script(tokens, rate, 0);
    }

    /// The first script that is named in a text.
    static Optional<Script> named(String text) {
        var name = NAME.matcher(text);
        return !name.find() ? Optional.empty() : Optional.of(
                new Script(Integer.parseInt(name.group(1)), Double.parseDouble(name.group(2)), Integer.parseInt(name.group(3))));
    }

    String model() {
        var pace = rate == Math.rint(rate) ? Long.toString((long) rate) : String.format(Locale.ROOT, "%.4f", rate);
        return "bench/" + tokens + "/" + pace + "/" + lead;
    }

    /// The nanoseconds from the first token to the one with this number.
    long nanosBefore(int number) {
        return (long) (number * 1e9 / rate);
    }

    double seconds() {
        return tokens / rate;
    }
}
