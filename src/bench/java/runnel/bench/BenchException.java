package runnel.bench;

/// A reason not to go on, in words for the person at the terminal.
final class BenchException extends RuntimeException {
    private final int status;

    /// @param status the exit status
    BenchException(int status, String sentence) {
        super(sentence, null, false, false);
        this.status = status;
    }

    int status() {
        return status;
    }
}
