package runnel.cli.terminal;

import java.util.Optional;

/// What Ctrl-C does: once it stops the reply, twice it leaves.
final class Interrupts {
    static final int STATUS = 130;

    private final Runnable leave;
    private Optional<Runnable> stopping = Optional.empty();
    private boolean wanted;

    /// @param leave is called when somebody does not want to wait any more; it does not return
    Interrupts(Runnable leave) {
        this.leave = leave;
    }

    @SuppressWarnings("sunapi")
    void listen() {
        sun.misc.Signal.handle(new sun.misc.Signal("INT"), _ -> pressed());
    }

    synchronized void pressed() {
        if (wanted) {
            leave.run();
        }
        wanted = true;
        stopping.ifPresent(stop -> Thread.ofVirtual().start(stop));
    }

    /// From now on there is a reply that can be stopped; at once, where that was wanted before.
    synchronized void stopBy(Runnable stop) {
        stopping = Optional.of(stop);
        if (wanted) {
            Thread.ofVirtual().start(stop);
        }
    }

    /// The reply is over.
    synchronized void over() {
        stopping = Optional.empty();
        wanted = false;
    }

    synchronized boolean isWanted() {
        return wanted;
    }
}
