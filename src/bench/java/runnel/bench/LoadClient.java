package runnel.bench;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse.BodySubscribers;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Asks for all streams of a load and reads them: a virtual thread waits for each, and the one thread of the client's
/// selector does the reading, which takes less CPU time than to hand what has come over to others.
final class LoadClient {
    private final Target target;
    private final Load load;
    private final Tally tally;
    private final CountDownLatch running;
    private final HttpClient client;
    private volatile boolean left;

    LoadClient(Target target, Load load, Tally tally) {
        this.target = target;
        this.load = load;
        this.tally = tally;
        this.running = new CountDownLatch(load.allReaders());
        this.client = target.client().executor(Runnable::run).build();
    }

    /// Returns when every stream has ended or has had its time, or [#leave] was called.
    void run() throws InterruptedException {
        long began = System.nanoTime();
        for (int number = 0; number < load.streams() && !left; number++) {
            long due = began + number * 1_000_000_000L / load.perSecond();
            TimeUnit.NANOSECONDS.sleep(due - System.nanoTime());
            int named = number;
            Thread.startVirtualThread(() -> stream(named));
        }
        if (!running.await((long) (load.timeout() * 1e9), TimeUnit.NANOSECONDS)) {
            tally.complain("A stream did not end in its time.");
            client.shutdownNow(); // which ends them all, as failed ones
            running.await(1, TimeUnit.SECONDS);
        }
        client.shutdownNow();
    }

    /// Leaves all streams where they are. What they were is not counted any more.
    void leave() {
        left = true;
        client.shutdownNow();
        while (running.getCount() > 0) {
            running.countDown();
        }
    }

    private void stream(int number) {
        long asked = Stamp.now();
        var request = target.start(load.script(), number);
        var location = target.runnel() ? started(request) : "";
        for (int reader = 0; reader < load.readers(); reader++) {
            if (target.runnel() && location.isEmpty()) {
                end(new StreamReader(tally, asked));
            } else { // whoever has no replies to be read by several is asked for as many streams as there are readers
                Thread.startVirtualThread(() -> read(target.runnel() ? target.read(location) : request, asked));
            }
        }
    }

    /// @return where to read what was started; empty when nothing was
    private String started(HttpRequest request) {
        try {
            var answer = client.send(request, BodyHandlers.discarding());
            refused(answer);
            return answer.headers().firstValue("Location").orElse("");
        } catch (IOException | InterruptedException broken) {
            tally.complain("A connection broke: " + broken);
            return "";
        }
    }

    private void read(HttpRequest request, long asked) {
        var reader = new StreamReader(tally, asked);
        try {
            refused(client.send(request, answer -> answer.statusCode() == 200 ? BodySubscribers.fromLineSubscriber(reader)
                    : BodySubscribers.replacing(null)));
        } catch (IOException | InterruptedException broken) {
            tally.complain("A connection broke: " + broken);
        }
        end(reader);
    }

    private void refused(HttpResponse<?> answer) {
        if (answer.statusCode() >= 300 || answer.statusCode() == 204) {
            tally.complain("A request was answered with " + answer.statusCode() + ".");
        }
    }

    private void end(StreamReader reader) {
        if (!left) {
            reader.ended(load.script().tokens(), target.ending());
        }
        running.countDown();
    }
}
