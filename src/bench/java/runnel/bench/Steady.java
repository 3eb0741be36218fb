package runnel.bench;

/// What a token costs while all streams run: from when the last one has begun until the first one ends.
final class Steady {
    private double cpuBefore = Double.NaN;
    private long tokensBefore;
    private double cpu = Double.NaN;
    private long tokens;

    void look(Counts now, Load load, Subject subject) {
        if (now.begun() < load.allReaders() || now.ended() > 0) {
            return;
        }
        cpu = subject.meter().cpuMicros();
        tokens = now.tokens();
        if (Double.isNaN(cpuBefore)) {
            cpuBefore = cpu;
            tokensBefore = tokens;
        }
    }

    /// Not a number where it was not long enough.
    double microsPerToken() {
        return tokens > tokensBefore ? (cpu - cpuBefore) / (tokens - tokensBefore) : Double.NaN;
    }
}
