package runnel.cli;

import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;

/// One thing that the jar can be told to do.
public interface Command {
    String name();

    /// Its flags, its part of the help, and as user object the `Callable<Integer>` that does it and gives the exit status.
    CommandSpec spec();

    /// @param spec describes it, when that is wanted
    static Command of(String name, Supplier<CommandSpec> spec) {
        return new Command() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public CommandSpec spec() {
                return spec.get();
            }
        };
    }
}
