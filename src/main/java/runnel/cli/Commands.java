package runnel.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;
import runnel.settings.StartupFailure;

/// The command line: `runnel [COMMAND] [--flag=VALUE…]`.
public final class Commands {
    private Commands() {}

    /// Does what `args` say and returns the exit status: 0 is good, 1 a failure, 2 a wrong flag or setting.
    ///
    /// @param serve  what is meant where no command is named; without flags it goes without picocli, too, which takes a
    ///               tenth of a start
    /// @param others made only where there are arguments other than `--version`, for the same reason
    public static int run(String version, Serve serve, Supplier<List<Command>> others, String... args) {
        if (List.of(args).equals(List.of("--version"))) {
            System.out.println(named(version));
            return 0;
        }
        if (args.length > 0) {
            List<Command> named = others.get();
            return named.stream().filter(command -> command.name().equals(args[0])).findFirst().map(Commands::alone)
                    .orElseGet(() -> commandLine(version, serve, named)).execute(args);
        }
        try {
            return serve.run(Map.of());
        } catch (RuntimeException failure) {
            return explain(failure, new PrintWriter(System.err, true));
        }
    }

    static CommandLine commandLine(String version, Serve serve, List<Command> others) {
        CommandSpec root = serve.command().spec().get().name("runnel").version(named(version));
        root.usageMessage()
                .description("A self-hosted streaming AI chat server.")
                .commandListHeading("%nCommands%n")
                .customSynopsis("runnel [COMMAND] [--flag=VALUE…]")
                .footer(JvmFlags.HELP);
        addSubcommand(root, serve.command());
        others.forEach(command -> addSubcommand(root, command));
        addHelp(root);
        root.addOption(OptionSpec.builder("--version").versionHelp(true).description("Print the version and end.").build());
        return configured(root);
    }

    /// `completion`: what makes bash and zsh complete commands and flags.
    ///
    /// @param others all other commands
    public static Command completion(Serve serve, List<Command> others) {
        return new Command("completion", () -> Command.spec("Prints completions for bash and zsh: source <(runnel completion)", _ -> {
            System.out.print(AutoComplete.bash("runnel", commandLine("", serve, others)));
            return 0;
        }));
    }

    private static String named(String version) {
        return "Runnel " + version;
    }

    /// What one command needs: to describe all the others takes longer than what some do.
    private static CommandLine alone(Command command) {
        var root = CommandSpec.create().name("runnel");
        addSubcommand(root, command);
        return configured(root);
    }

    private static CommandLine configured(CommandSpec root) {
        return new CommandLine(root)
                .setExpandAtFiles(false)
                .setInterpolateVariables(false)
                .setUsageHelpWidth(110)
                .setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF))
                .setParameterExceptionHandler((wrong, args) -> refuse(wrong))
                .setExecutionExceptionHandler((failure, commandLine, parsed) -> explain(failure, commandLine.getErr()));
    }

    private static void addSubcommand(CommandSpec root, Command command) {
        CommandSpec spec = command.spec().get();
        addHelp(spec);
        spec.subcommands().values().forEach(sub -> addHelp(sub.getCommandSpec()));
        root.addSubcommand(command.name(), spec);
    }

    private static void addHelp(CommandSpec spec) {
        spec.addOption(OptionSpec.builder("--help", "-h").usageHelp(true).order(-1).description("Print this and end.").build());
    }

    private static int refuse(ParameterException wrong) {
        PrintWriter err = wrong.getCommandLine().getErr();
        err.println(wrong instanceof UnmatchedArgumentException unmatched ? unknown(unmatched) : wrong.getMessage());
        err.println("`--help` explains every flag.");
        return 2;
    }

    /// Says what is unknown, without a value: a mistyped flag may carry a key.
    private static String unknown(UnmatchedArgumentException wrong) {
        String first = wrong.getUnmatched().getFirst();
        String name = first.replaceFirst("=.*", "");
        List<String> similar = wrong.getSuggestions();
        String meant = similar.isEmpty() ? ""
                : " Did you mean " + String.join(" or ", similar.subList(0, Math.min(3, similar.size()))) + "?";
        return (name.matches("-{1,2}[a-z][a-z-]{0,40}") ? "There is no flag " + name + "."
                : name.matches("[a-z]{1,12}") ? "There is no command " + name + "." : "An argument is not understood.") + meant;
    }

    private static int explain(Exception failure, PrintWriter err) {
        if (failure instanceof StartupFailure startupFailure) {
            err.println(startupFailure.getMessage());
            return startupFailure.status();
        }
        err.println("Runnel failed in a way that it should not. Please report this:");
        failure.printStackTrace(err);
        return 1;
    }
}
