package runnel.bench;

import java.util.Optional;

/// Something that is measured: how to ask it for streams, and how to see what it uses.
///
/// @param jvm nothing where it is none, or none that can be looked into
record Subject(String name, Target target, Meter meter, Optional<Jvm> jvm) {
    Used used() {
        double allocated = jvm.map(Jvm::allocatedBytes).orElse(Double.NaN); // before the CPU time: it costs some
        return new Used(meter.cpuMicros(), allocated, meter.writtenBytes());
    }

    Used usedInTheEnd() {
        double cpu = meter.cpuMicros();
        return new Used(cpu, jvm.map(Jvm::allocatedBytes).orElse(Double.NaN), meter.writtenBytes());
    }

    /// What a process has used, so far or between two moments. What is not known is not a number.
    record Used(double cpuMicros, double allocatedBytes, double writtenBytes) {
        Used since(Used before) {
            return new Used(cpuMicros - before.cpuMicros, allocatedBytes - before.allocatedBytes, writtenBytes - before.writtenBytes);
        }
    }
}
