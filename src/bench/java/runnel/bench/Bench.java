package runnel.bench;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `run.sh bench`: what a stream costs on this machine, measured in a minute with a scripted model and a client of its own.
@Command(name = "run.sh bench", mixinStandardHelpOptions = true, sortOptions = false, usageHelpWidth = 110,
        description = "Measures what a stream costs: starts a server of its own, with a scripted model behind it, and reads it.",
        footer = {"", "Exit status: 0 all tokens came once and in order, 1 some did not, 2 wrong flag."})
final class Bench implements Callable<Integer> {
    private static final int DEFAULT = -1;

    @Spec
    private CommandSpec spec;
    @Option(names = "--streams", paramLabel = "N", description = "Streams that run at once (default: 200, quick: 50).")
    private int streams = DEFAULT;
    @Option(names = "--rate", paramLabel = "N", description = "Tokens that each of them says in a second (default: 50).")
    private int rate = DEFAULT;
    @Option(names = "--tokens", paramLabel = "N", description = "Tokens of each stream (default: 500, quick: 100).")
    private int tokens = DEFAULT;
    @Option(names = "--readers", paramLabel = "N", description = "Readers of each stream (default: 1).")
    private int readers = DEFAULT;
    @Option(names = "--held", paramLabel = "N",
            description = "Streams held open to see what memory one takes (default: 1000, quick: 200). 0 leaves that out.")
    private int held = DEFAULT;
    @Option(names = "--tls", description = "The model speaks https and HTTP/2. Needs nginx.")
    private boolean tls;
    @Option(names = "--nginx", description = "Measure nginx in the server's place as well, and print the ratio.")
    private boolean nginx;
    @Option(names = "--growth", description = "Measure how cost grows instead: with streams, with the length of a reply, with chats.")
    private boolean growth;
    @Option(names = "--quick", description = "A few seconds of everything: enough to see that it works, too little to quote.")
    private boolean quick;

    private Bench() {}

    public static void main(String... args) {
        System.exit(new CommandLine(new Bench()).execute(args));
    }

    @Override
    public Integer call() throws InterruptedException {
        load();
        held();
        try (var folder = new BenchFolder()) {
            return (growth ? new GrowthBench(this, folder).run() : new StandardBench(this, folder).run()) ? ExitCode.OK : ExitCode.SOFTWARE;
        } catch (IOException | BenchException failed) {
            progress(failed instanceof BenchException ? failed.getMessage() : "The bench cannot go on: " + failed);
            return ExitCode.SOFTWARE;
        }
    }

    Load load() {
        var script = Script.of(whole("--tokens", tokens, quick ? 100 : 500, 1), whole("--rate", rate, 50, 1));
        return Load.of(script, whole("--streams", streams, quick ? 50 : 200, 1), whole("--readers", readers, 1, 1));
    }

    int held() {
        return whole("--held", held, quick ? 200 : 1_000, 0);
    }

    private int whole(String name, int given, int standard, int least) {
        if (given != DEFAULT && given < least) {
            throw new ParameterException(spec.commandLine(), name + " must be at least " + least + ".");
        }
        return given == DEFAULT ? standard : given;
    }

    boolean tls() {
        return tls;
    }

    boolean nginx() {
        return nginx;
    }

    boolean quick() {
        return quick;
    }

    /// Says what is done now.
    void progress(String line) {
        spec.commandLine().getErr().println(line);
    }

    void print(String text) {
        spec.commandLine().getOut().print(text);
        spec.commandLine().getOut().flush();
    }
}
