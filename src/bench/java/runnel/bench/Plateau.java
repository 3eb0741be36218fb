package runnel.bench;

import java.time.Duration;

/// Streams that are all open at once for as long as somebody measures. Then the client leaves them and the model hangs up.
final class Plateau implements AutoCloseable {
    private static final Duration LOOK = Duration.ofMillis(100);
    private static final Duration AFTERWARDS = Duration.ofSeconds(1);
    static final int MAX_SECONDS = 120;

    private final Run run;
    private final Thread client;
    private final Subject subject;
    private final Load load;
    private final Reciter model;

    private Plateau(Run run, Subject subject, Load load, Reciter model) {
        this.run = run;
        this.client = run.start();
        this.subject = subject;
        this.load = load;
        this.model = model;
    }

    /// Opens all streams of a load, whose script must be longer than anybody measures.
    static Plateau reach(Progress progress, String what, Subject subject, Load load, Reciter model) throws InterruptedException {
        var plateau = new Plateau(new Run(progress, what, subject, load), subject, load, model);
        long deadline = System.nanoTime() + Duration.ofSeconds(MAX_SECONDS).toNanos();
        while (plateau.open() < load.streams() && plateau.client.isAlive() && System.nanoTime() < deadline) {
            plateau.look();
        }
        return plateau;
    }

    private void look() throws InterruptedException {
        Thread.sleep(LOOK);
        run.show();
    }

    int open() {
        return run.now().open();
    }

    /// Microseconds of the subject's CPU per token in that time.
    double cpuPerToken(Duration time) throws InterruptedException {
        double cpu = subject.meter().cpuMicros();
        long tokens = run.now().tokens();
        for (long end = System.nanoTime() + time.toNanos(); System.nanoTime() < end;) {
            look();
        }
        return (subject.meter().cpuMicros() - cpu) / (run.now().tokens() - tokens);
    }

    Counts counts() {
        return run.now();
    }

    boolean allWell() {
        return counts().allWell() && open() == load.streams();
    }

    @Override
    public void close() {
        try {
            run.leave(client);
            model.cancel();
            Thread.sleep(AFTERWARDS);
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
    }
}
