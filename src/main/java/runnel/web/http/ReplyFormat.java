package runnel.web.http;

import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
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
        ReplyFormat best = null;
        double most = 0;
        for (var kind : kinds) {
            double quality = kind.quality(ranges);
            if (quality > most) {
                best = kind;
                most = quality;
            }
        }
        if (best == null) {
            throw new Refused("not-acceptable", 406, "Not acceptable", "This address answers as " + names(kinds) + ".");
        }
        return best;
    }

    private record Range(String type, double quality) {}

    private static List<Range> ranges(String accept) {
        var ranges = new ArrayList<Range>();
        for (var part : accept.toLowerCase(Locale.ROOT).split(",")) {
            var pieces = part.split(";");
            double quality = 1;
            for (int i = 1; i < pieces.length; i++) {
                var parameter = pieces[i].strip();
                if (parameter.startsWith("q=")) {
                    quality = number(parameter.substring(2));
                }
            }
            ranges.add(new Range(pieces.length == 0 ? "" : pieces[0].strip(), quality));
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
    private double quality(List<Range> ranges) {
        var any = type.substring(0, type.indexOf('/')) + "/*";
        double named = 1e-6;
        for (var wanted : List.of(type, any, "*/*")) {
            for (var range : ranges) {
                if (range.type.equals(wanted)) {
                    return range.quality == 0 ? 0 : range.quality + named;
                }
            }
            named = 0;
        }
        return 0;
    }

    private static String names(ReplyFormat... kinds) {
        return String.join(" or ", Arrays.stream(kinds).map(kind -> kind.type).toList());
    }
}
