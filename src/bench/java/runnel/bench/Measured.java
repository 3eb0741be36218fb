package runnel.bench;

import java.util.Optional;
import runnel.bench.Subject.Used;

/// One run and what it cost.
///
/// @param seconds   from the first question to the last end
/// @param used      what the subject has used in all
/// @param benchCpu  microseconds of CPU that the bench itself has used, its model and its client
/// @param steadyCpu microseconds of CPU per token of the subject while all streams ran, openings and ends left out
/// @param memoryKb  the most memory that the subject had
/// @param complaint the first thing that went wrong
record Measured(Subject subject, Load load, Tally tally, double seconds, Used used, double benchCpu, double steadyCpu,
        double memoryKb, Optional<String> complaint) {
    Counts counts() {
        return tally.now();
    }

    /// Tokens that came to readers, or pieces of text where the model is not the bench's own.
    long tokens() {
        return load.other().isPresent() ? counts().pieces() : counts().tokens();
    }

    double tokensPerSecond() {
        return tokens() / seconds;
    }

    double perToken(double all) {
        return all / tokens();
    }

    double cpuPerToken() {
        return perToken(used.cpuMicros());
    }

    /// The subject's CPU in parts of the bench's, which makes the same calls as a relay that does nothing else.
    double perBench() {
        return used.cpuMicros() / benchCpu;
    }

    /// Bytes that went to storage for each byte of text that was said.
    double writtenPerByte() {
        return used.writtenBytes() * load.readers() / counts().textBytes();
    }

    double latencyMillis(double percent) {
        return tally.latency().percentile(percent) / 1e3;
    }

    double firstTokenMillis(double percent) {
        return tally.firstToken().percentile(percent) / 1e3;
    }

    boolean allWell() {
        return counts().allWell();
    }
}
