package runnel.settings;

import java.util.List;

/// A reason not to go on, in words for the person at the terminal. It is printed as it is, without a stack trace.
public final class StartupFailure extends RuntimeException {
    private final int status;

    private StartupFailure(int status, String sentence) {
        super(sentence, null, false, false);
        this.status = status;
    }

    /// Something outside is not as it must be: a port is taken, a folder cannot be written. Exit status 1.
    public static StartupFailure because(String sentence) {
        return new StartupFailure(1, sentence);
    }

    /// What was asked for is wrong. Exit status 2, as for a wrong flag.
    public static StartupFailure wrong(List<String> sentences) {
        return new StartupFailure(2, "Runnel does not start:\n  " + String.join("\n  ", sentences) + "\n`--help` explains every setting.");
    }

    /// A flag of a command is wrong. Exit status 2.
    public static StartupFailure wrong(String sentence) {
        return new StartupFailure(2, sentence);
    }

    public int status() {
        return status;
    }
}
