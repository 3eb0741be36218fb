package runnel.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/// What a process and its children use, read from outside. What cannot be known here is not a number.
final class Meter {
    static final Meter NOTHING = new Meter(Optional.empty());
    private static final Pattern PSS = Pattern.compile("(?m)^Pss:\\s+(\\d+)");
    private static final Pattern WRITTEN = Pattern.compile("(?m)^write_bytes: (\\d+)");

    private final Optional<ProcessHandle> process;

    private Meter(Optional<ProcessHandle> process) {
        this.process = process;
    }

    static Meter of(long pid) {
        return new Meter(ProcessHandle.of(pid));
    }

    /// User and system time of the process and its children so far, in microseconds. Linux counts in steps of 10 ms.
    double cpuMicros() {
        return sum(Meter::cpu);
    }

    /// Memory in kilobytes (PSS: a page that several processes share counts in part); Linux only.
    double memoryKb() {
        return sum(one -> number(PSS, "/proc/" + one.pid() + "/smaps_rollup"));
    }

    /// Bytes sent to storage so far; Linux only, and nothing where the files are in memory.
    double writtenBytes() {
        return sum(one -> number(WRITTEN, "/proc/" + one.pid() + "/io"));
    }

    /// CPU time of the bench itself, which is the scripted model's and the load client's.
    static double ownCpuMicros() {
        return cpu(ProcessHandle.current()).orElse(Double.NaN);
    }

    private static Optional<Double> cpu(ProcessHandle one) {
        return one.info().totalCpuDuration().map(Duration::toNanos).map(nanos -> nanos / 1e3);
    }

    private double sum(Function<ProcessHandle, Optional<Double>> figure) {
        var figures = process.stream().flatMap(one -> Stream.concat(Stream.of(one), one.descendants()))
                .flatMap(one -> figure.apply(one).stream()).mapToDouble(Double::doubleValue).toArray();
        return figures.length == 0 ? Double.NaN : DoubleStream.of(figures).sum();
    }

    private static Optional<Double> number(Pattern pattern, String file) {
        try {
            var found = pattern.matcher(Files.readString(Path.of(file)));
            return found.find() ? Optional.of(Double.valueOf(found.group(1))) : Optional.empty();
        } catch (IOException notHere) {
            return Optional.empty();
        }
    }
}
