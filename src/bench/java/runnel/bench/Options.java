package runnel.bench;

import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/// What the bench was told on the command line.
///
/// @param load  the load of the runs that cost is read from
/// @param held  how many streams are held open to see what memory one takes
/// @param plot  where the figures of growth are drawn
/// @param model a model of the server's own, whose tokens carry no stamps
/// @param door  where the scripted model listens
record Options(Load load, int held, boolean quick, boolean growth, Optional<Path> plot, Optional<String> json, boolean nginx,
        Optional<URI> against, String token, OptionalLong pid, Optional<String> model, InetSocketAddress door) {
    private static final String DOOR = "127.0.0.1:7071";

    static void declare(CommandSpec spec) {
        spec.addOption(option("--streams", "N", "Streams that run at once.", "200, quick: 50"));
        spec.addOption(option("--rate", "N", "Tokens that each of them says in a second.", "50"));
        spec.addOption(option("--tokens", "N", "Tokens of each stream.", "500, quick: 100"));
        spec.addOption(option("--readers", "N", "Readers of each stream.", "1"));
        spec.addOption(option("--held", "N", "Streams held open to see what memory one takes. 0 leaves that out.", "1000, quick: 200"));
        spec.addOption(flag("--quick", "A few seconds of everything: enough to see that it works, too little to quote."));
        spec.addOption(option("--json", "FILE", "Write the figures there as JSON; - prints them in place of the table.", "none"));
        spec.addOption(flag("--nginx", "Measure nginx in the server's place as well, if it is installed, and print the ratio."));
        spec.addOption(flag("--growth", "Measure how cost grows instead: with streams, with the length of a reply, with chats."));
        spec.addOption(option("--plot", "FILE", "Draw the figures of --growth there, as SVG.", "none"));
        spec.addOption(option("--against", "URL", "Measure a server that runs already.", "a server of the bench's own"));
        spec.addOption(option("--upstream", "HOST:PORT", "Where the scripted model listens for that server, which must have been "
                + "started with OPENAI_BASE_URL=http://HOST:PORT/v1.", DOOR));
        spec.addOption(option("--model", "NAME", "Ask this model of that server instead. Its tokens can neither be checked nor timed "
                + "one by one.", "none"));
        spec.addOption(option("--token", "TOKEN", "A personal token for that server.", "none"));
        spec.addOption(option("--pid", "PID", "That server's process, if it is on this machine, to see what it uses.", "none"));
    }

    private static OptionSpec option(String name, String label, String says, String standard) {
        return OptionSpec.builder(name).type(String.class).arity("1").paramLabel(label).description(says, "default: " + standard).build();
    }

    private static OptionSpec flag(String name, String says) {
        return OptionSpec.builder(name).type(boolean.class).arity("0").description(says).build();
    }

    static Options of(ParseResult given) {
        boolean quick = given.matchedOptionValue("--quick", false);
        Optional<String> model = text(given, "--model");
        var script = Script.of(whole(given, "--tokens", quick ? 100 : 500), whole(given, "--rate", 50));
        var load = Load.of(script, whole(given, "--streams", quick ? 50 : 200), whole(given, "--readers", 1)).asking(model);
        var against = text(given, "--against").map(Options::server);
        return new Options(load, whole(given, "--held", quick ? 200 : 1_000), quick, given.matchedOptionValue("--growth", false),
                text(given, "--plot").map(Path::of), text(given, "--json"), given.matchedOptionValue("--nginx", false), against,
                text(given, "--token").orElse(""), pid(given), model, door(text(given, "--upstream"), against.isPresent()));
    }

    private static Optional<String> text(ParseResult given, String name) {
        return Optional.ofNullable(given.matchedOptionValue(name, (String) null));
    }

    private static int whole(ParseResult given, String name, int standard) {
        var text = text(given, name).orElse(Integer.toString(standard));
        int least = name.equals("--held") ? 0 : 1;
        if (!text.matches("\\d{1,6}") || Integer.parseInt(text) < least) {
            throw new BenchException(2, name + " must be a whole number from " + least + " to 999999.");
        }
        return Integer.parseInt(text);
    }

    private static OptionalLong pid(ParseResult given) {
        return text(given, "--pid").isEmpty() ? OptionalLong.empty() : OptionalLong.of(whole(given, "--pid", 0));
    }

    private static URI server(String text) {
        if (!text.matches("http://[^\\s/:@\\[\\]]+(:\\d{1,5})?/?")) {
            throw new BenchException(2, "--against must be a URL such as http://127.0.0.1:7070. What stands in front of a server, "
                    + "such as TLS, is not measured.");
        }
        return URI.create(text);
    }

    /// A server of the bench's own is told the port, so any will do.
    private static InetSocketAddress door(Optional<String> given, boolean known) {
        var text = given.orElse(known ? DOOR : "127.0.0.1:0");
        if (!text.matches("[^\\s:]+:\\d{1,5}")) {
            throw new BenchException(2, "--upstream must be a host and a port such as " + DOOR + ".");
        }
        var parts = text.split(":");
        return new InetSocketAddress(parts[0], Integer.parseInt(parts[1]));
    }
}
