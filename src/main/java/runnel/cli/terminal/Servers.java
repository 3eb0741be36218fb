package runnel.cli.terminal;

import java.net.URI;
import java.util.Optional;
import java.util.function.Supplier;
import runnel.settings.StartupFailure;

/// Where the server is: one that was named, else the one that runs on this machine, else one in this process. It is looked for
/// again whenever it does not answer, since it may have been started again at another port.
final class Servers implements AutoCloseable {
    private static final long PATIENCE_NANOS = 10_000_000_000L;

    private volatile Optional<URI> named;
    private final Supplier<Optional<URI>> running;
    private final Supplier<OwnServer> starting;
    private Optional<OwnServer> own = Optional.empty();
    private Optional<URI> found = Optional.empty();
    private boolean closed;

    /// @param running  the address of the server that runs on this machine
    /// @param starting starts one in this process
    Servers(Optional<URI> named, Supplier<Optional<URI>> running, Supplier<OwnServer> starting) {
        this.named = named;
        this.running = running;
        this.starting = starting;
    }

    /// @throws StartupFailure where there is none and none can be started
    synchronized URI address() {
        return known().orElseGet(this::start);
    }

    private Optional<URI> known() {
        return named.or(() -> own.map(OwnServer::address)).or(this::found);
    }

    /// Starts one on another thread where none is there, since that takes longer than what this one prepares for its first request.
    /// What goes wrong is left to [#address].
    ///
    /// @return the other thread
    Thread startAhead() {
        return Thread.ofPlatform().daemon().start(this::tryStart);
    }

    private synchronized void tryStart() {
        try {
            if (!closed && known().isEmpty()) {
                own = Optional.of(starting.get());
            }
        } catch (RuntimeException refused) {
            // said where the address is wanted
        }
    }

    /// One that was there and is gone will come back: to open its folder meanwhile would keep it from that.
    private Optional<URI> found() {
        found = running.get().or(() -> found);
        return found;
    }

    /// Who has taken the folder just now will say in a moment where to reach it.
    private URI start() {
        long until = System.nanoTime() + PATIENCE_NANOS;
        while (true) {
            try {
                own = Optional.of(starting.get());
                return own.get().address();
            } catch (StartupFailure refused) {
                var other = found();
                if (other.isPresent()) {
                    return other.get();
                }
                if (System.nanoTime() > until || !refused.getMessage().contains("another Runnel")) {
                    throw refused;
                }
                Pause.millis(100);
            }
        }
    }

    /// Takes this one where none was named.
    synchronized void suggest(URI address) {
        named = named.or(() -> Optional.of(address));
    }

    /// The one that was named, or nothing. Waits for no start.
    String named() {
        return named.map(URI::toString).orElse("");
    }

    synchronized boolean isOwn() {
        return own.isPresent();
    }

    @Override
    public synchronized void close() {
        closed = true;
        own.ifPresent(server -> server.stop().run());
    }
}
