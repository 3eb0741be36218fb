package runnel.bench;

import java.util.ArrayList;
import java.util.List;

/// How one figure grows with another.
///
/// @param name   what the JSON calls it
/// @param title  what people read
/// @param across what grows
/// @param unit   what the figure counts
record Curve(String name, String title, String across, String unit, List<Point> points) {
    record Point(double at, double value) {}

    static Curve of(String name, String title, String across, String unit) {
        return new Curve(name, title, across, unit, new ArrayList<>());
    }

    void add(double at, double value) {
        points.add(new Point(at, value));
    }
}
