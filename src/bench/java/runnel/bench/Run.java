package runnel.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;

/// Puts a load on a subject, and watches.
final class Run {
    private static final Duration LOOK = Duration.ofMillis(200);
    private static final int LOOKS_PER_MEMORY = 5;

    private final Jvm own = Jvm.own();
    private final Progress progress;
    private final String what;
    private final Subject subject;
    private final Load load;
    private final Tally tally = new Tally();
    private final Asker asker;
    private final Steady steady = new Steady();
    private double memory = Double.NaN;

    Run(Progress progress, String what, Subject subject, Load load) {
        this.progress = progress;
        this.what = what;
        this.subject = subject;
        this.load = load;
        this.asker = new Asker(subject.target(), load, tally);
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

    /// Begins to put the load on it, on a thread that ends with the last stream.
    Thread start() {
        return Thread.ofPlatform().daemon().name("bench client").start(() -> {
            try {
                asker.run();
            } catch (IOException broken) {
                throw new UncheckedIOException(broken);
            }
        });
    }

    Counts now() {
        return tally.now();
    }

    /// Leaves all streams, whether or not they have ended.
    void leave(Thread client) throws InterruptedException {
        asker.leaveAll();
        client.join();
    }

    private void watch(Thread client) throws InterruptedException {
        for (int look = 1; !client.join(LOOK); look++) {
            var now = tally.now();
            steady.look(now, load, subject);
            if (look % LOOKS_PER_MEMORY == 0) {
                double kb = subject.meter().memoryKb();
                memory = Double.isNaN(memory) ? kb : Math.max(memory, kb);
            }
            show(now);
        }
    }

    void show() {
        show(tally.now());
    }

    private void show(Counts now) {
        long all = Math.max(1, (long) load.allReaders() * load.script().tokens());
        progress.now("%-28s %3d %%   %,d streams open   %,d tokens   %,d lost".formatted(what, 100 * now.tokens() / all, now.open(),
                now.tokens(), now.lost()));
    }
}
