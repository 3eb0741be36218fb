package runnel.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/// Figures in columns. A row in which nothing is known is left out.
final class Table {
    private static final String UNKNOWN = "–";
    private static final int MIN_WIDTH = 10;

    private final List<List<String>> rows = new ArrayList<>();

    Table(List<String> heads) {
        rows.add(heads);
    }

    void row(String name, int digits, double... figures) {
        if (Arrays.stream(figures).anyMatch(Double::isFinite)) {
            var row = new ArrayList<>(List.of(name));
            DoubleStream.of(figures).mapToObj(figure -> written(figure, digits)).forEach(row::add);
            rows.add(row);
        }
    }

    static String written(double figure, int digits) {
        return Double.isFinite(figure) ? String.format(Locale.ROOT, "%,." + digits + "f", figure) : UNKNOWN;
    }

    /// Nothing at all where there is no figure.
    @Override
    public String toString() {
        if (rows.size() == 1) {
            return "";
        }
        int columns = rows.getFirst().size();
        var widths = IntStream.range(0, columns).map(this::width).toArray();
        var text = new StringBuilder();
        for (var row : rows) {
            text.append(" ".repeat(2)).append(row.getFirst()).append(" ".repeat(widths[0] - row.getFirst().length()));
            for (int column = 1; column < columns; column++) {
                text.append(" ".repeat(2 + widths[column] - row.get(column).length())).append(row.get(column));
            }
            text.append('\n');
        }
        return text.toString();
    }

    private int width(int column) {
        return Math.max(column == 0 ? 0 : MIN_WIDTH, rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0));
    }
}
