package runnel.bench;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// Curves as an SVG picture, one panel each, with a logarithmic axis across and a plain one upwards from nothing.
final class Plot {
    private static final int WIDTH = 340;
    private static final int HEIGHT = 220;
    private static final int LEFT = 62;
    private static final int TOP = 34;
    private static final int RIGHT = 18;
    private static final int BOTTOM = 44;
    private static final int PER_ROW = 2;
    private static final int LINES = 4;
    private static final double HEAD_ROOM = 1.15;

    private final Curve curve;
    private final double least;
    private final double greatest;
    private final double highest;

    private Plot(Curve curve) {
        var across = curve.points().stream().mapToDouble(Curve.Point::at).summaryStatistics();
        this.curve = curve;
        this.least = Math.log10(across.getMin());
        this.greatest = Math.max(least + 1e-9, Math.log10(across.getMax()));
        this.highest = HEAD_ROOM * curve.points().stream().mapToDouble(Curve.Point::value).filter(Double::isFinite).max().orElse(1);
    }

    static String of(List<Curve> curves) {
        int rows = (curves.size() + PER_ROW - 1) / PER_ROW;
        var svg = new StringBuilder("""
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %1$d %2$d" width="%1$d" height="%2$d"
                  font-family="sans-serif" font-size="11" fill="#333">
                <rect width="100%%" height="100%%" fill="#fff"/>
                """.formatted(WIDTH * PER_ROW, HEIGHT * rows));
        for (int number = 0; number < curves.size(); number++) {
            svg.append("<g transform=\"translate(%d %d)\">\n".formatted(number % PER_ROW * WIDTH, number / PER_ROW * HEIGHT))
                    .append(new Plot(curves.get(number)).panel()).append("</g>\n");
        }
        return svg.append("</svg>\n").toString();
    }

    private String panel() {
        var known = curve.points().stream().filter(point -> Double.isFinite(point.value())).toList();
        var line = known.stream().map(point -> number(x(point.at())) + "," + number(y(point.value()))).collect(Collectors.joining(" "));
        var dots = known.stream().map(this::dot).collect(Collectors.joining());
        return text(LEFT, TOP - 14, "start", curve.title() + ", " + curve.unit(), " font-weight=\"bold\"") + grid()
                + text((LEFT + WIDTH - RIGHT) / 2.0, HEIGHT - 8, "middle", curve.across(), "")
                + "<polyline fill=\"none\" stroke=\"#2563eb\" stroke-width=\"2\" points=\"" + line + "\"/>\n" + dots;
    }

    private String grid() {
        var grid = new StringBuilder();
        for (int at = 0; at <= LINES; at++) {
            double value = highest * at / LINES;
            grid.append("<path stroke=\"#ddd\" d=\"M%d %s H%d\"/>\n".formatted(LEFT, number(y(value)), WIDTH - RIGHT))
                    .append(text(LEFT - 6, y(value) + 4, "end", brief(value), ""));
        }
        return grid.toString();
    }

    private String dot(Curve.Point point) {
        return "<circle cx=\"%s\" cy=\"%s\" r=\"3\" fill=\"#2563eb\"><title>%s</title></circle>\n"
                .formatted(number(x(point.at())), number(y(point.value())), brief(point.value()))
                + text(x(point.at()), HEIGHT - BOTTOM + 16, "middle", brief(point.at()), "");
    }

    private double x(double at) {
        return LEFT + (Math.log10(at) - least) / (greatest - least) * (WIDTH - LEFT - RIGHT);
    }

    private double y(double value) {
        return HEIGHT - BOTTOM - value / highest * (HEIGHT - TOP - BOTTOM);
    }

    private static String text(double x, double y, String anchor, String text, String more) {
        return "<text x=\"%s\" y=\"%s\" text-anchor=\"%s\"%s>%s</text>\n".formatted(number(x), number(y), anchor, more, text);
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }

    private static String brief(double value) {
        return value >= 1e6 ? brief(value / 1e6) + "M" : value >= 1e4 ? brief(value / 1e3) + "k"
                : String.format(Locale.ROOT, value >= 20 || value == Math.rint(value) ? "%.0f" : "%.1f", value);
    }
}
