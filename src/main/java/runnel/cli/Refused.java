package runnel.cli;

import java.util.List;

/// A reason not to go on, in words for the person at the terminal. It is printed as it is, without a stack trace.
public final class Refused extends RuntimeException {
    private final int status;

    private Refused(int status, String sentence) {
        super(sentence, null, false, false);
        this.status = status;
    }

    /// Something outside is not as it must be: a port is taken, a folder cannot be written. Exit status 1.
    public static Refused because(String sentence) {
        return new Refused(1, sentence);
    }

    /// What was asked for is wrong. Exit status 2, as for a wrong flag.
    static Refused wrong(List<String> sentences) {
        return new Refused(2, "Runnel does not start:\n  " + String.join("\n  ", sentences) + "\n`--help` explains every setting.");
    }

    /// A flag of a command is wrong. Exit status 2.
    public static Refused wrong(String sentence) {
        return new Refused(2, sentence);
    }

    int status() {
        return status;
    }
}
