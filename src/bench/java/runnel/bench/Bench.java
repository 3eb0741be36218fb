package runnel.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/// `bench`: what a stream costs on this machine, measured in a minute with a scripted model and a client of its own.
final class Bench {
    private Bench() {}

    public static void main(String... args) {
        System.exit(commandLine().execute(args));
    }

    private static CommandLine commandLine() {
        CommandLine[] line = new CommandLine[1];
        var spec = CommandSpec.wrapWithoutInspection((Callable<Integer>) () -> run(line[0])).name("run.sh bench");
        Options.declare(spec);
        spec.mixinStandardHelpOptions(true).usageMessage().sortOptions(false)
                .description("Measures what a stream costs: starts a server of its own, with a scripted model behind it, and reads it.")
                .footer("", "Exit status: 0 all tokens came once and in order, 1 some did not, 2 wrong flag.");
        line[0] = new CommandLine(spec).setUsageHelpWidth(110).setExecutionExceptionHandler((failure, command, parsed) -> {
            if (!(failure instanceof BenchException refused)) {
                throw failure;
            }
            command.getErr().println(refused.getMessage());
            return refused.status();
        });
        return line[0];
    }

    private static int run(CommandLine line) throws InterruptedException {
        var options = Options.of(line.getParseResult());
        var progress = new Progress(line.getErr(), System.console() != null && System.console().isTerminal());
        try (var workshop = new Workshop()) {
            var report = measured(options, progress, workshop);
            progress.clear();
            print(report, options, line.getOut());
            return report.allWell() ? 0 : 1;
        } catch (IOException failed) {
            progress.clear();
            throw new BenchException(1, "The bench cannot go on: " + failed);
        }
    }

    private static Report measured(Options options, Progress progress, Workshop workshop) throws IOException, InterruptedException {
        return options.growth() ? new Growth(options, progress, workshop).measure() : new Course(options, progress, workshop).measure();
    }

    private static void print(Report report, Options options, PrintWriter out) throws IOException {
        var json = options.json().orElse("");
        if (!json.equals("-")) {
            out.print(report.table());
        }
        if (json.equals("-")) {
            out.println(report.json());
        } else if (!json.isEmpty()) {
            Files.writeString(Path.of(json), report.json() + "\n");
        }
        if (options.plot().isPresent() && report instanceof GrowthReport growth) {
            Files.writeString(options.plot().get(), growth.plot());
        }
        out.flush();
    }
}
