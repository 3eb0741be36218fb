package runnel.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Model.CommandSpec;

/// `completion`: what makes bash and zsh complete commands and flags.
///
/// @param others all other commands
public record Completion(Serve serve, List<Command> others) implements Command {
    @Override
    public String name() {
        return "completion";
    }

    @Override
    public CommandSpec spec() {
        var spec = CommandSpec.wrapWithoutInspection((Callable<Integer>) () -> {
            System.out.print(AutoComplete.bash("runnel", Commands.commandLine("", serve, others)));
            return 0;
        });
        spec.usageMessage().description("Prints completions for bash and zsh: source <(runnel completion)");
        return spec;
    }
}
