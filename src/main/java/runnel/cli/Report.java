package runnel.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import runnel.cli.Finding.Level;

/// Takes findings as they are made: shown at once for people, or kept for one JSON document.
final class Report {
    private final List<Finding> findings = new ArrayList<>();
    private final PrintWriter out;
    private final boolean json;
    private final boolean symbols;
    private Finding.Area area;

    /// @param symbols whether the terminal can show more than ASCII
    Report(PrintWriter out, boolean json, boolean symbols) {
        this.out = out;
        this.json = json;
        this.symbols = symbols;
    }

    void add(List<Finding> found) {
        found.forEach(this::add);
    }

    private void add(Finding finding) {
        findings.add(finding);
        if (!json) {
            show(finding);
        }
    }

    private void show(Finding finding) {
        if (finding.area() != area) {
            area = finding.area();
            out.println();
            out.println(area.title);
        }
        out.println("  " + mark(finding.level()) + " " + finding.sentence());
        finding.remedy().forEach(line -> out.println("      " + line));
        out.flush();
    }

    private String mark(Level level) {
        return switch (level) {
            case GOOD -> symbols ? "✓" : "ok";
            case NOTE -> symbols ? "!" : "! ";
            case BAD -> symbols ? "✗" : "X ";
        };
    }

    /// The last word.
    ///
    /// @return the exit status: 1 where something does not work
    int close(String version) {
        long bad = count(Level.BAD);
        long notes = count(Level.NOTE);
        if (json) {
            out.println(document(version, bad == 0).toPrettyString());
        } else {
            out.println();
            out.println(bad + notes == 0 ? "All is well." : capital(counted(bad, "problem")) + ", " + counted(notes, "note") + ".");
        }
        out.flush();
        return bad == 0 ? 0 : 1;
    }

    private long count(Level level) {
        return findings.stream().filter(finding -> finding.level() == level).count();
    }

    private static String counted(long count, String noun) {
        return count == 0 ? "no " + noun + "s" : count + " " + noun + (count == 1 ? "" : "s");
    }

    private static String capital(String words) {
        return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    }

    private ObjectNode document(String version, boolean ok) {
        var document = JsonNodeFactory.instance.objectNode().put("version", version).put("ok", ok);
        var list = document.putArray("findings");
        for (var finding : findings) {
            var entry = list.addObject().put("area", lower(finding.area())).put("level", lower(finding.level()))
                    .put("sentence", finding.sentence());
            finding.remedy().forEach(entry.putArray("remedy")::add);
        }
        return document;
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
