package runnel.web.stream;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.slf4j.LoggerFactory;
import runnel.account.Credential;
import runnel.chat.Clock;
import runnel.chat.FaultLog;
import runnel.store.Database;
import runnel.store.account.CredentialRows;
import runnel.store.chat.Revocations;

/// Shuts out readers of open streams whose session or token has ended, whichever process ended it. Once a second, while somebody
/// reads, it asks after all of them where anything was revoked, and otherwise after those who have come since: what let them in
/// may have ended before they sat down. A session that is not used any more ends without being revoked, so that now and then it
/// asks after all of them anyhow.
public final class Evictions implements AutoCloseable {
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration UNUSED = Duration.ofMinutes(1);

    private final Clock clock = new Clock("evictions", new FaultLog(LoggerFactory.getLogger(Evictions.class)::error));
    private final Streams streams;
    private final Database database;
    private final long unusedNanos;
    private Set<Credential> known = Set.of();
    private long seen = -1;
    private long askedAfterAll = System.nanoTime();

    public Evictions(Streams streams, Database database) {
        this(streams, database, UNUSED);
    }

    /// @param unused how often it asks after sessions that are not used any more
    Evictions(Streams streams, Database database, Duration unused) {
        this.unusedNanos = unused.toNanos();
        this.streams = streams;
        this.database = database;
        clock.every(PAUSE, this::look);
    }

    private void look() {
        var readers = new HashSet<>(streams.credentials());
        if (!readers.isEmpty()) {
            look(readers, database.read(Revocations::number));
        }
    }

    private void look(Set<Credential> readers, long number) {
        long now = System.nanoTime();
        boolean all = number != seen || now - askedAfterAll >= unusedNanos;
        var over = CredentialRows.over(database, all ? readers
                : readers.stream().filter(credential -> !known.contains(credential)
                        || credential.ends().orElse(Long.MAX_VALUE) <= System.currentTimeMillis()).toList());
        over.forEach(streams::evict);
        over.forEach(readers::remove);
        known = readers; // only now, so that after a failure it asks again
        seen = number;
        askedAfterAll = all ? now : askedAfterAll;
    }

    @Override
    public void close() {
        clock.close();
    }
}
