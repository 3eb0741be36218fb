package runnel.cli.bench;

final class Growth {
    Growth(Options options, Progress progress, Workshop workshop) {}
    GrowthReport measure() { throw runnel.cli.Refused.because("--growth cannot be measured yet."); }
}
