package runnel.upstream.openai;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Waits for the lists of models that never came yet, which is so in the first seconds of a process only.
final class FirstLists {
    /// How long all of them are waited for, counted from the beginning.
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    /// No list takes longer than this.
    private static final Duration MOST = Transport.LISTING.multipliedBy(2);

    private final long deadlineNanos = System.nanoTime() + PATIENCE.toNanos();
    private final List<OpenAiUpstream> servers;

    /// Begins to fetch them where there are several, which nobody has to wait for then.
    FirstLists(List<OpenAiUpstream> servers) {
        this.servers = List.copyOf(servers);
        if (servers.size() > 1) {
            servers.forEach(OpenAiUpstream::tried);
        }
    }

    /// Waits for all within [#PATIENCE], and for the first list where there is none by then.
    void awaitSome() {
        awaitBriefly();
        var first = new CompletableFuture<Void>();
        servers.forEach(server -> server.tried().thenRun(() -> {
            if (server.knownModels().isPresent()) {
                first.complete(null);
            }
        }));
        await(CompletableFuture.anyOf(first, allTried()), MOST.toNanos());
    }

    /// Waits for all within [#PATIENCE], which is over in the second after a start.
    void awaitBriefly() {
        await(allTried(), deadlineNanos - System.nanoTime());
    }

    /// Waits until each came, or did not.
    void awaitAll() {
        await(allTried(), MOST.toNanos());
    }

    private CompletableFuture<Void> allTried() {
        return CompletableFuture.allOf(servers.stream().map(OpenAiUpstream::tried).toArray(CompletableFuture[]::new));
    }

    private static void await(CompletableFuture<?> future, long nanos) {
        try {
            if (!future.isDone() && nanos > 0) {
                future.get(nanos, TimeUnit.NANOSECONDS);
            }
        } catch (TimeoutException late) {
            // whoever is late is named as pending
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }
}
