package runnel.web.http;

import io.javalin.http.Context;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import runnel.chat.Refused;

/// The forms in which a reply can be answered.
public enum ReplyFormat {
    IDS("application/json"), EVENTS("text/event-stream"), TEXT("text/plain");

    private final String type;

    ReplyFormat(String type) {
        this.type = type;
    }

    /// What the request accepts most (RFC 9110, 12.5.1) among these kinds, the first of them where it does not say.
    ///
    /// @throws Refused where it accepts none
    public static ReplyFormat accepted(Context ctx, ReplyFormat... kinds) {
        var accept = String.join(",", Collections.list(ctx.req().getHeaders("Accept")));
        if (accept.isBlank()) {
            return kinds[0];
        }
        var ranges = ranges(accept);
        return Arrays.stream(kinds).filter(kind -> kind.quality(ranges) > 0).max(Comparator.comparingDouble(kind -> kind.quality(ranges)))
                .orElseThrow(() -> new Refused("not-acceptable", 406, "Not acceptable", "This address answers as "
                        + Arrays.stream(kinds).map(kind -> kind.type).collect(Collectors.joining(" or ")) + "."));
    }

    /// The quality of each range, as it was said first.
    private static Map<String, Double> ranges(String accept) {
        var ranges = new HashMap<String, Double>();
        for (var part : accept.toLowerCase(Locale.ROOT).split(",")) {
            var pieces = Arrays.stream(part.split(";")).map(String::strip).toList();
            double quality = pieces.stream().skip(1).filter(parameter -> parameter.startsWith("q="))
                    .map(parameter -> number(parameter.substring(2))).reduce(1.0, (_, last) -> last);
            ranges.putIfAbsent(pieces.isEmpty() ? "" : pieces.getFirst(), quality);
        }
        return ranges;
    }

    private static double number(String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException notOne) {
            return 0;
        }
    }

    /// The quality of the most specific range that takes in this type; of equal ones, the type that is named wins.
    private double quality(Map<String, Double> ranges) {
        double named = ranges.getOrDefault(type, 0.0);
        if (ranges.containsKey(type)) {
            return named == 0 ? 0 : named + 1e-6;
        }
        return ranges.getOrDefault(type.substring(0, type.indexOf('/')) + "/*", ranges.getOrDefault("*/*", 0.0));
    }
}
