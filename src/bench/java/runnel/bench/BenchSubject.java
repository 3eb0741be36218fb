package runnel.bench;

import java.util.Optional;

/// Something that is measured: how to ask it for streams, and how to see what it uses.
///
/// @param jvm nothing where it is none, or none that can be looked into
record BenchSubject(String name, Target target, Meter meter, Optional<Jvm> jvm) {
    /// What a process has used, so far or between two moments. What is not known is not a number.
    record Used(double cpuMicros, double allocatedBytes, double writtenBytes) {
        Used since(Used before) {
            return new Used(cpuMicros - before.cpuMicros, allocatedBytes - before.allocatedBytes, writtenBytes - before.writtenBytes);
        }
    }

    /// To ask the JVM costs it some CPU time, which is not to be in the figures.
    Used usedBefore() {
        double allocated = allocated();
        return new Used(meter.cpuMicros(), allocated, meter.writtenBytes());
    }

    Used usedAfter() {
        double cpu = meter.cpuMicros();
        return new Used(cpu, allocated(), meter.writtenBytes());
    }

    private double allocated() {
        return jvm.map(Jvm::allocatedBytes).orElse(Double.NaN);
    }

    double liveHeapBytes() {
        return jvm.map(Jvm::liveHeapBytes).orElse(Double.NaN);
    }
}
