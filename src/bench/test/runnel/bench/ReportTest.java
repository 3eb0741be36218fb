package runnel.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// What is printed and what the documents say about it.
class ReportTest {
    private static CostReport report(boolean losing) {
        var target = new Target.Model(new InetSocketAddress("127.0.0.1", 1));
        var load = Load.of(Script.of(1, 50), 1, 1);
        var server = run("runnel", target, load, 700, losing);
        var stage = new Stage(null, server.subject(), server.subject(), URI.create("http://127.0.0.1:1"), 90_000, 400);
        return new CostReport(load, stage, Optional.of(run("direct", target, load, 200, false)), server, Optional.empty(),
                Optional.of(new Held(100, 90_000, 94_000, 12.5, true)));
    }

    private static Measured run(String name, Target target, Load load, long latency, boolean losing) {
        var tally = new Tally();
        tally.asked();
        tally.begun(1_000);
        tally.token(latency, 14);
        tally.lost(losing ? 1 : 0);
        tally.ended(true);
        tally.publish();
        var subject = new Subject(name, target, Meter.NOTHING, Optional.empty());
        return new Measured(subject, load, tally, 1, new Subject.Used(30, 1_500, Double.NaN), 15, 25, Double.NaN, Optional.empty());
    }

    private static Set<String> names(JsonNode json, String before) {
        var names = new TreeSet<String>();
        json.forEachEntry((name, value) -> {
            var path = before + name;
            if (value.isObject()) {
                names.addAll(names(value, path.replaceFirst("^runs\\.\\w+$", "runs.NAME") + "."));
            } else {
                names.add(path);
            }
        });
        return names;
    }

    private static Set<String> documented(String heading) throws IOException {
        var page = Files.readString(Path.of("docs/performance.md"));
        var part = page.substring(page.indexOf(heading));
        return Pattern.compile("(?m)^\\| `([^`]+)` \\|").matcher(part.substring(0, part.indexOf("\n#", 1) > 0 ? part.indexOf("\n#", 1) : part.length()))
                .results().map(row -> row.group(1)).collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void the_json_has_the_fields_that_are_documented_and_no_others() throws IOException {
        var json = new ObjectMapper().readTree(report(false).json());
        assertEquals(documented("### Fields of the JSON"), names(json, ""));
    }

    @Test
    void the_growth_has_the_curves_that_are_documented() throws IOException {
        var page = Files.readString(Path.of("docs/performance.md"));
        for (var name : List.of("cpu_us_per_token_by_streams", "nginx_cpu_us_per_token_by_streams", "cpu_us_per_token_by_reply_bytes", "data_bytes_by_text_bytes", "list_ms_by_chats",
                "search_ms_by_chats", "open_ms_by_messages")) {
            assertTrue(page.contains("`" + name + "`"), name);
        }
    }

    @Test
    void what_is_not_known_is_null_in_the_json_and_not_in_the_table() throws IOException {
        var report = report(false);
        assertTrue(new ObjectMapper().readTree(report.json()).at("/cpu_to_nginx").isNull());
        assertFalse(report.table().contains("nginx"), report.table());
        assertFalse(report.table().contains("written to disk"), report.table());
    }

    @Test
    void added_latency_is_the_difference_at_the_same_percentile() {
        assertEquals(0.5, report(false).addedLatency(50), 0.01);
    }

    @Test
    void a_lost_token_is_not_well() {
        assertTrue(report(false).allWell());
        assertFalse(report(true).allWell());
    }

    @Test
    void the_columns_of_a_table_stand_under_each_other() {
        var table = new Table(List.of("", "one", "two"));
        table.row("a", 1, 1, Double.NaN);
        table.row("a long name", 0, 1_234_567, 2);
        assertEquals(1, table.toString().lines().map(String::length).distinct().count());
    }

    @Test
    void a_plot_is_xml_with_a_panel_for_each_curve() throws Exception {
        var curve = Curve.of("name", "A title", "things", "ms");
        curve.add(10, 1.5);
        curve.add(1_000, 2);
        var svg = new GrowthReport(List.of(curve, curve, curve), true).plot();
        var document = javax.xml.parsers.DocumentBuilderFactory.newInstance().newDocumentBuilder()
                .parse(new java.io.ByteArrayInputStream(svg.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        assertEquals(3, document.getElementsByTagName("polyline").getLength());
        assertFalse(svg.contains("NaN"));
    }
}
