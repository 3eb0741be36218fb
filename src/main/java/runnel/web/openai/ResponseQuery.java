package runnel.web.openai;

import io.javalin.http.Context;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import runnel.chat.Refused;
import runnel.web.http.OpenAiError;

/// The query of a request under `/v1/responses`. What is not known is refused by name.
record ResponseQuery(Context ctx) {
    /// What a number of JavaScript can hold exactly.
    private static final long MAX_NUMBER = (1L << 53) - 1;

    /// @throws Refused where it has anything but these names
    ResponseQuery(Context ctx, Set<String> names) {
        this(ctx);
        ctx.queryParamMap().keySet().stream().filter(name -> !names.contains(name)).findFirst().ifPresent(written -> {
            var name = written.replaceFirst("\\[.*", ""); // an array, as some SDKs write it
            throw OpenAiError.invalid(name, name + " is not supported by this server.");
        });
        names.stream().filter(name -> ctx.queryParams(name).size() > 1).findFirst().ifPresent(name -> {
            throw OpenAiError.invalid(name, name + " must be there once.");
        });
    }

    Optional<String> text(String name) {
        return Optional.ofNullable(ctx.queryParam(name));
    }

    /// One of two words, the first one where there is none.
    String word(String name, String usual, String other) {
        var word = text(name).orElse(usual);
        if (!List.of(usual, other).contains(word)) {
            throw OpenAiError.invalid(name, name + " must be " + usual + " or " + other + ".");
        }
        return word;
    }

    boolean flag(String name) {
        return word(name, "false", "true").equals("true");
    }

    /// Where in a list the id stands that is given.
    Optional<Integer> oneOf(String name, List<String> ids) {
        return text(name).map(id -> {
            if (!ids.contains(id)) {
                throw OpenAiError.invalid(name, name + " must be the id of an item of this list.");
            }
            return ids.indexOf(id);
        });
    }

    Optional<Long> number(String name) {
        return number(name, 0, MAX_NUMBER);
    }

    Optional<Long> number(String name, long least, long most) {
        var text = text(name);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        long number = text.get().matches("\\d{1,18}") ? Long.parseLong(text.get()) : -1;
        if (number < least || number > most) {
            throw OpenAiError.invalid(name, name + " must be a whole number from " + least + " to " + most + ".");
        }
        return Optional.of(number);
    }
}
