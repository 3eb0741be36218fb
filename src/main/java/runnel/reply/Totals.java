package runnel.reply;

import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;
import java.util.function.Supplier;
import runnel.chat.Counts;
import runnel.chat.End;
import runnel.chat.Refused;
import runnel.chat.Snapshot;
import runnel.chat.Usage;
import runnel.store.StoreException;

/// What has become of prompts and replies since the process began. Counted once for each of them, not for each token.
///
/// @param accepted requests for a reply that started one
/// @param refused  requests for a reply that were well-formed and refused, by the problem's code
/// @param ended    replies, by status
/// @param failed   replies that failed, by the problem's code, such as `upstream-timeout`
/// @param tokens   `prompt` and `completion` tokens of ended replies, where the model's server counts them
/// @param bytes    UTF-8 that models wrote, of ended replies
public record Totals(LongAdder accepted, Counts refused, Counts ended, Counts failed, Counts tokens, LongAdder bytes) {
    Totals() {
        this(new LongAdder(), new Counts(), new Counts(), new Counts(), new Counts(), new LongAdder());
    }

    /// Counts what comes of a request for a reply.
    <T> T counted(Supplier<T> request, Predicate<T> fresh) {
        try {
            var started = request.get();
            if (fresh.test(started)) {
                accepted.increment();
            }
            return started;
        } catch (Refused problem) {
            refused.add(problem.problem().code());
            throw problem;
        } catch (StoreException storage) {
            refused.add("store-refused");
            throw storage;
        }
    }

    /// @param begun what the reply began with
    void ended(Snapshot begun, Snapshot text, End end) {
        ended.add(end.status().wire());
        end.error().ifPresent(problem -> failed.add(problem.code()));
        end.usage().ifPresent(this::spent);
        bytes.add(text.length() - begun.length());
    }

    void spent(Usage usage) {
        tokens.add("prompt", usage.promptTokens());
        tokens.add("completion", usage.completionTokens());
    }
}
