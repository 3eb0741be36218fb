package runnel;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;

/// What the process logs while this is open. The surefire plugin's configuration sets the server's log to TRACE.
public final class Overheard implements AutoCloseable {
    private static final Set<Overheard> ALL = new CopyOnWriteArraySet<>();

    static {
        System.setErr(new PrintStream(new Everybody(System.err), true, StandardCharsets.UTF_8));
    }

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    public Overheard() {
        ALL.add(this);
    }

    public String text() {
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        ALL.remove(this);
    }

    /// Passes on what it gets, and tells it to all that are open.
    private static final class Everybody extends OutputStream {
        private final PrintStream console;

        Everybody(PrintStream console) {
            this.console = console;
        }

        @Override
        public void write(int one) throws IOException {
            write(new byte[] {(byte) one}, 0, 1);
        }

        @Override
        public void write(byte[] some, int from, int length) throws IOException {
            console.write(some, from, length);
            ALL.forEach(each -> each.bytes.write(some, from, length));
        }

        @Override
        public void flush() {
            console.flush();
        }
    }
}
