package runnel.cli;

import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;

/// One thing that the jar can be told to do.
public interface Command {
    String name();

    /// Its flags, its part of the help, and as user object the `Callable<Integer>` that does it and gives the exit status.
    CommandSpec spec();

    /// What to do for `args`, where they are so plain that picocli, whose loading takes a fifth of a start, need not read them.
    default Optional<Callable<Integer>> plain(String... args) {
        return Optional.empty();
    }
}
