package runnel.cli.bench;

import java.io.IOException;
import java.io.UncheckedIOException;

/// Puts a load on a subject, and watches.
final class Run {
    private static final long LOOK_MILLIS = 200;
    private static final int LOOKS_PER_MEMORY = 5;

    private final Jvm own = Jvm.own();
    private final Progress progress;
    private final String what;
    private final Subject subject;
    private final Load load;
    private final Tally tally = new Tally();
    private final Steady steady = new Steady();
    private double memory = Double.NaN;

    Run(Progress progress, String what, Subject subject, Load load) {
        this.progress = progress;
        this.what = what;
        this.subject = subject;
        this.load = load;
    }

    Measured measure() throws InterruptedException {
        var before = subject.used();
        double ownBefore = own.cpuMicros();
        long began = System.nanoTime();
        watch(start());
        double seconds = (System.nanoTime() - began) / 1e9;
        var used = subject.usedInTheEnd().since(before);
        return new Measured(subject, load, tally, seconds, used, own.cpuMicros() - ownBefore, steady.microsPerToken(), memory,
                tally.complaint());
    }

    Thread start() {
        return Thread.ofPlatform().name("bench client").start(() -> {
            try {
                new Asker(subject.target(), load, tally).run();
            } catch (IOException broken) {
                throw new UncheckedIOException(broken);
            }
        });
    }

    Tally tally() {
        return tally;
    }

    private void watch(Thread client) throws InterruptedException {
        for (int look = 1; !client.join(java.time.Duration.ofMillis(LOOK_MILLIS)); look++) {
            var now = tally.now();
            steady.look(now, load, subject);
            if (look % LOOKS_PER_MEMORY == 0) {
                double kb = subject.meter().memoryKb();
                memory = Double.isNaN(memory) ? kb : Math.max(memory, kb);
            }
            show(now);
        }
    }

    void show(Counts now) {
        long all = Math.max(1, (long) load.allReaders() * load.script().tokens());
        progress.now("%-28s %3d %%   %,d streams open   %,d tokens   %,d lost".formatted(what, 100 * now.tokens() / all, now.open(),
                now.tokens(), now.lost()));
    }
}
