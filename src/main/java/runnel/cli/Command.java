package runnel.cli;

import picocli.CommandLine.Model.CommandSpec;

/// One thing that the jar can be told to do.
public interface Command {
    /// Its name, its flags, its part of the help, and as user object the `Callable<Integer>` that does it and gives the exit status.
    CommandSpec spec();
}
