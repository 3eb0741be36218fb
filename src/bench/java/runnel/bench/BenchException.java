package runnel.bench;

/// A reason not to go on, in words for the person at the terminal.
final class BenchException extends RuntimeException {
    BenchException(String sentence) {
        super(sentence, null, false, false);
    }
}
