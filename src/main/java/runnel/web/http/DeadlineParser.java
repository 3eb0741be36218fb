package runnel.web.http;

import java.nio.ByteBuffer;
import java.time.Duration;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpParser;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.util.BufferUtil;

/// Gives up a request whose header, or what stands between the pieces of its body, only drips. Jetty's idle timeout ends
/// what stands still, but each byte begins it anew; so time is looked at when a byte comes, and costs nothing otherwise.
final class DeadlineParser extends HttpParser {
    private final long patience;
    private boolean begun;
    private long began;

    DeadlineParser(RequestHandler handler, int maxHeaderBytes, HttpCompliance compliance, Duration patience) {
        super(handler, maxHeaderBytes, compliance);
        this.patience = patience.toNanos();
    }

    /// @return whether something is whole: a header, or a piece of a body
    @Override
    public boolean parseNext(ByteBuffer some) {
        boolean came = some.hasRemaining();
        if (came && !begun) {
            begun = true;
            began = System.nanoTime();
        }
        boolean whole = super.parseNext(some);
        if (whole) {
            begun = false;
        } else if (came && (inHeaderState() || inContentState()) && System.nanoTime() - began >= patience) {
            BufferUtil.clear(some);
            badMessage(new HttpException.RuntimeException(HttpStatus.REQUEST_TIMEOUT_408));
        }
        return whole;
    }

    /// Begins with the next request.
    @Override
    public void reset() {
        super.reset();
        begun = false;
    }
}
