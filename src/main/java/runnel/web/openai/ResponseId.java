package runnel.web.openai;

import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Ids as OpenAI's API has them: a word for the kind, and the 32 digits of the id that the thing has everywhere else.
enum ResponseId {
    RESPONSE("resp_"), CONVERSATION("conv_"), MESSAGE("msg_"), REASONING("rs_"), CALL("fc_");

    private static final Pattern DIGITS = Pattern.compile("([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})");

    private final String word;

    ResponseId(String word) {
        this.word = word;
    }

    String of(String id) {
        return word + id.replace("-", "");
    }

    /// Of an item within something that has an id.
    String of(String id, int item) {
        return of(id) + "_" + item;
    }

    /// An item within something that has an id.
    record Item(String of, int number) {}

    /// The item that a client wrote the id of; nothing where it is no such id.
    static Optional<Item> item(String written) {
        int end = Math.max(0, written.lastIndexOf('_'));
        var number = written.substring(end);
        return number.matches("_\\d{1,6}") ? Stream.of(MESSAGE, REASONING, CALL)
                .flatMap(kind -> kind.read(written.substring(0, end)).stream()).findFirst()
                .map(id -> new Item(id, Integer.parseInt(number.substring(1)))) : Optional.empty();
    }

    /// The id behind what a client wrote; nothing where it is no such id.
    Optional<String> read(String written) {
        var digits = DIGITS.matcher(written.startsWith(word) ? written.substring(word.length()) : "");
        return digits.matches() ? Optional.of(digits.replaceAll("$1-$2-$3-$4-$5")) : Optional.empty();
    }
}
