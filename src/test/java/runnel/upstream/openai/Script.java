package runnel.upstream.openai;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// An answer that a test plays step by step: each step is on the wire when its method returns, and nothing is sent in
/// between. Hand it to [ScriptedUpstream#next] first.
public final class Script implements Scenario {
    private record Step(Scenario act, boolean last, CompletableFuture<Void> played) {}

    private final LinkedBlockingQueue<Step> steps = new LinkedBlockingQueue<>();
    private final CompletableFuture<Asked> asked = new CompletableFuture<>();

    @Override
    public void play(Wire wire) throws Exception {
        wire.stream();
        asked.complete(wire.asked());
        for (boolean last = false; !last; ) {
            Step step = steps.take();
            last = step.last();
            try {
                step.act().play(wire);
                step.played().complete(null);
            } catch (Exception e) {
                step.played().completeExceptionally(e);
            }
        }
    }

    /// Waits until the question has come and the head of the answer is sent.
    public Asked awaitAsked() {
        return await(asked);
    }

    public Script send(String delta) {
        return step(wire -> wire.delta(delta));
    }

    public Script reason(String delta) {
        return step(wire -> wire.reasoning(delta));
    }

    public Script step(Scenario act) {
        return play(act, false);
    }

    /// A proper end: the finish reason, `[DONE]`, the end of the body.
    public void finish(String reason) {
        last(wire -> wire.finish(reason).done());
    }

    public void finish() {
        finish("stop");
    }

    public void cut() {
        last(Wire::cut);
    }

    public void last(Scenario act) {
        play(act, true);
    }

    private Script play(Scenario act, boolean last) {
        var step = new Step(act, last, new CompletableFuture<>());
        steps.add(step);
        await(step.played());
        return this;
    }

    private static <T> T await(CompletableFuture<T> future) {
        try {
            return future.get(10, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new AssertionError("The step was not played", e);
        }
    }
}
