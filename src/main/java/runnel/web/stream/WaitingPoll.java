package runnel.web.stream;

import java.util.Set;
import java.util.function.Consumer;
import runnel.web.http.Connection;
import runnel.web.http.Ends;

/// A reader that waits on a thread of its own.
final class WaitingPoll implements OpenStream, AutoCloseable {
    private final String transport;
    private final Runnable wake;
    private final Connection reader;
    private final Consumer<OpenStream> left;

    /// @param left told when it is closed
    WaitingPoll(String transport, Runnable wake, Connection reader, Consumer<OpenStream> left) {
        this.transport = transport;
        this.wake = wake;
        this.reader = reader;
        this.left = left;
    }

    @Override
    public String transport() {
        return transport;
    }

    @Override
    public void finish() {
        wake.run();
    }

    @Override
    public boolean vanished(Set<Ends> unheard) {
        return reader.vanished(unheard);
    }

    @Override
    public void abandon() {
        reader.cut();
        wake.run();
    }

    @Override
    public void close() {
        left.accept(this);
    }
}
