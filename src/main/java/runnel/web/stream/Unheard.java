package runnel.web.stream;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import runnel.web.http.Ends;

/// Connections whose other end acknowledges nothing, as Linux lists them in `/proc/net/tcp` (see proc_net_tcp in the
/// kernel's documentation): it repeats bytes, the wait between two repetitions doubles, and none is answered.
///
/// TCP itself gives up after a quarter of an hour, keepalive rests while bytes are on their way, and the JDK knows no
/// `TCP_USER_TIMEOUT`. Where a reader only does not read, its kernel still acknowledges, and no repetition is counted.
/// On other systems than Linux there is no list, and so nobody in it.
final class Unheard {
    private static final List<Path> TABLES = List.of(Path.of("/proc/net/tcp"), Path.of("/proc/net/tcp6"));
    private static final Path COUNTERS = Path.of("/proc/net/snmp");
    /// The timer that repeats; that which looks whether a closed window has opened is another. No other column looks so.
    private static final String REPEATING = " 01:";
    private static final int HEX = 16;
    private static final int DIGITS_OF_A_WORD = 8;

    private final int looks;
    private Map<Ends, Silence> silences = Map.of();
    private OptionalLong repeated = OptionalLong.empty();

    /// @param looks how many in a row must have found that nothing was acknowledged
    Unheard(int looks) {
        this.looks = looks;
    }

    private record Silence(int repetitions, long unacknowledgedBytes, int looks) {
        Silence after(Silence before) {
            boolean progress = repetitions < before.repetitions || unacknowledgedBytes < before.unacknowledgedBytes;
            return progress ? this : new Silence(repetitions, unacknowledgedBytes, before.looks + 1);
        }
    }

    /// Looks once more. That takes 2 ms on a machine with few connections and 12 ms with 4,000, whosever they are; and next
    /// to nothing where no connection of the machine has repeated anything since the last look.
    ///
    /// @return those that were silent in so many looks, this one included
    Set<Ends> look() throws IOException {
        var before = repeated;
        repeated = repetitions();
        if (silences.isEmpty() && repeated.isPresent() && repeated.equals(before)) {
            return Set.of();
        }
        var now = new HashMap<Ends, Silence>();
        for (var table : TABLES) {
            if (Files.isReadable(table)) {
                read(table, now);
            }
        }
        silences = now;
        return now.entrySet().stream().filter(each -> each.getValue().looks >= looks).map(Map.Entry::getKey).collect(Collectors.toSet());
    }

    /// How many segments all connections together have sent again, as RFC 4022 counts them (`tcpRetransSegs`).
    private static OptionalLong repetitions() throws IOException {
        if (!Files.isReadable(COUNTERS)) {
            return OptionalLong.empty();
        }
        var lines = Files.readAllLines(COUNTERS, StandardCharsets.US_ASCII).stream().filter(line -> line.startsWith("Tcp: "))
                .map(line -> List.of(line.split(" "))).toList();
        int column = lines.size() == 2 ? lines.getFirst().indexOf("RetransSegs") : -1;
        return column < 0 ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(lines.getLast().get(column)));
    }

    private void read(Path table, Map<Ends, Silence> now) throws IOException {
        try (var lines = Files.newBufferedReader(table, StandardCharsets.US_ASCII)) {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.contains(REPEATING)) {
                    note(line.strip().split(" +"), now);
                }
            }
        }
    }

    /// The columns: number, local and remote address, state, unacknowledged:unread bytes, timer:its end, repetitions.
    private void note(String[] columns, Map<Ends, Silence> now) throws IOException {
        int repetitions = Integer.parseInt(columns[6], HEX);
        if (repetitions > 0) {
            var ends = new Ends(address(columns[1]), address(columns[2]));
            var silence = new Silence(repetitions, Long.parseLong(columns[4].substring(0, DIGITS_OF_A_WORD), HEX), 1);
            now.put(ends, silences.containsKey(ends) ? silence.after(silences.get(ends)) : silence);
        }
    }

    /// `0100007F:1F90` is 127.0.0.1:8080: words in the order of the machine's bytes.
    private static InetSocketAddress address(String written) throws UnknownHostException {
        int colon = written.indexOf(':');
        var bytes = ByteBuffer.allocate(colon / 2).order(ByteOrder.nativeOrder());
        for (int word = 0; word < colon; word += DIGITS_OF_A_WORD) {
            bytes.putInt(Integer.parseUnsignedInt(written, word, word + DIGITS_OF_A_WORD, HEX));
        }
        return new InetSocketAddress(InetAddress.getByAddress(bytes.array()), Integer.parseInt(written.substring(colon + 1), HEX));
    }
}
