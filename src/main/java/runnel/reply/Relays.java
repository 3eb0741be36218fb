package runnel.reply;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.LoggerFactory;
import runnel.chat.Counts;
import runnel.chat.FaultLog;
import runnel.chat.Problem;
import runnel.chat.Refused;
import runnel.chat.Usage;
import runnel.reply.ReplyPermits.Permit;
import runnel.store.reply.TokenUse;
import runnel.upstream.Relay;
import runnel.upstream.RelayRequest;
import runnel.upstream.Upstream;

/// Requests that are passed on to a model's server as they came. Each takes one of the permits that replies take; nothing of it is
/// stored but what it cost.
public final class Relays {
    private static final FaultLog FAULTS = new FaultLog(LoggerFactory.getLogger(Relays.class)::warn);

    private final Map<Permit, Relay> running = new ConcurrentHashMap<>();
    private final Counts ended = new Counts();
    private final Upstream upstream;
    private final ReplyPermits permits;
    private final TokenUse tokenUse;
    private final Totals totals;
    private volatile boolean stopping;

    Relays(Upstream upstream, ReplyPermits permits, TokenUse tokenUse, Totals totals) {
        this.upstream = upstream;
        this.permits = permits;
        this.tokenUse = tokenUse;
        this.totals = totals;
    }

    /// Prepares one, which must be closed.
    ///
    /// @throws Refused where the user or the server has as many as may run
    public Relay begin(String user, RelayRequest request) {
        var permit = permits.take(user, 1).remove();
        var model = request.model(); // and not the whole of it for as long as it runs
        try {
            var relay = upstream.relay(request, (answered, usage) -> {
                running.remove(permit);
                permit.close();
                ended.add(answered ? "answered" : "refused");
                if (answered) {
                    count(user, model, usage);
                }
            });
            running.put(permit, relay);
            if (stopping) {
                relay.cancel(Problem.STOPPING);
            }
            return relay;
        } catch (RuntimeException | Error fault) {
            permit.close();
            throw fault;
        }
    }

    private void count(String user, String model, Optional<Usage> usage) {
        usage.ifPresent(totals::spent);
        try {
            tokenUse.add(user, model, usage);
        } catch (RuntimeException refused) {
            FAULTS.tell("What an answer cost could not be counted.", refused);
        }
    }

    /// How many ended, by `answered` and `refused`.
    public Counts ended() {
        return ended;
    }

    void cut() {
        stopping = true;
        running.values().forEach(relay -> relay.cancel(Problem.STOPPING));
    }
}
