package runnel.store;

import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import runnel.chat.Refused;

/// Waits for work that runs on one of the database's own threads.
final class Await {
    private Await() {}

    static <T> T get(Future<T> work) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return work.get();
                } catch (InterruptedException later) {
                    interrupted = true; // the work goes on all the same, so its result must be known
                } catch (ExecutionException failure) {
                    throw translated(failure.getCause());
                } catch (CancellationException closed) {
                    throw new StoreException("the database is closed", closed);
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static RuntimeException translated(Throwable cause) {
        return switch (cause) {
            case Refused refused -> refused;
            case StoreException refused -> refused;
            case StoreFault fault -> fault;
            case Error error -> throw error;
            default -> new StoreFault("the work on the database failed", cause);
        };
    }
}
