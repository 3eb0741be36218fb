package runnel.bench;

import java.util.List;

/// How cost grows.
record GrowthReport(List<Curve> curves, boolean allWell) implements Report {
    @Override
    public String table() {
        var text = new StringBuilder();
        for (var curve : curves) {
            var table = new Table(List.of(curve.across(), curve.unit()));
            curve.points().forEach(point -> table.row(Table.written(point.at(), 0), 2, point.value()));
            text.append(curve.title()).append("\n\n").append(table).append('\n');
        }
        return text.toString();
    }

    @Override
    public String json() {
        var json = Figures.document("growth").yes("all_well", allWell);
        for (var curve : curves) {
            curve.points().forEach(point -> json.element(curve.name()).put("at", point.at()).put("value", point.value()));
        }
        return json.toString();
    }

    String plot() {
        return Plot.of(curves);
    }
}
