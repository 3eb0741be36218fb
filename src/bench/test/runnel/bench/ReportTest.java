package runnel.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What is printed.
class ReportTest {
    private static String report(boolean nginx) {
        var runs = List.of(run("direct", 200, 10), run("runnel", 700, 30), run("nginx", 300, 15));
        var setup = new BenchSetup(null, URI.create("http://127.0.0.1:1"), Optional.empty(), runs.get(1).subject(), 90_000, 400);
        return CostReport.of(Load.of(Script.of(1, 50), 1, 1), setup, runs.subList(0, nginx ? 3 : 2), Optional.empty());
    }

    private static Measured run(String name, long latency, double cpu) {
        var tally = new Tally();
        tally.begun(1_000);
        tally.token(latency, 14);
        tally.ended(true);
        var subject = new BenchSubject(name, Target.runnel(URI.create("http://127.0.0.1:1")), Meter.NOTHING, Optional.empty());
        return new Measured(subject, tally, 1, new BenchSubject.Used(cpu, 1_500, Double.NaN), 15, Double.NaN);
    }

    private static void assertRow(String name, String figure, String report) {
        assertTrue(report.lines().anyMatch(line -> line.strip().matches(name + " +" + figure)), report);
    }

    @Test
    void what_is_not_known_is_not_in_the_table() {
        assertFalse(report(false).contains("nginx"), report(false));
        assertFalse(report(true).contains("written to disk"), report(true));
    }

    @Test
    void added_latency_is_the_difference_at_the_same_percentile() {
        assertRow("added latency p50, ms", "0\\.50", report(false));
    }

    @Test
    void the_cost_is_compared_with_that_of_nginx_in_the_same_run() {
        assertRow("CPU per token ÷ nginx's", "2\\.00", report(true));
    }

    @Test
    void a_lost_doubled_or_broken_stream_is_not_well() {
        assertTrue(new Tally().allWell());
        var lost = new Tally();
        lost.lost.increment();
        var doubled = new Tally();
        doubled.doubled.increment();
        var failed = new Tally();
        failed.ended(false);
        assertEquals(List.of(false, false, false), List.of(lost.allWell(), doubled.allWell(), failed.allWell()));
    }

    @Test
    void the_columns_of_a_table_stand_under_each_other() {
        var table = new Table(List.of("", "one", "two"));
        table.row("a", 1, 1, Double.NaN);
        table.row("a long name", 0, 1_234_567, 2);
        assertEquals(1, table.toString().lines().map(String::length).distinct().count());
    }
}
