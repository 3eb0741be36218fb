package runnel.web;

import io.javalin.http.Context;
import java.io.IOException;
import org.eclipse.jetty.http.BadMessageException;
import runnel.chat.Problem;
import runnel.chat.Refused;

/// A request's body, read up to a limit whether or not its length was announced.
final class Body {
    private static final int SMALL = 64 << 10;

    private Body() {}

    /// @throws Refused where it is longer, or does not come whole
    static byte[] read(Context ctx, int mostBytes) {
        if (ctx.req().getContentLengthLong() > mostBytes) {
            throw tooLarge(mostBytes);
        }
        try {
            var bytes = ctx.req().getInputStream().readNBytes(mostBytes + 1);
            if (bytes.length > mostBytes) {
                throw tooLarge(mostBytes);
            }
            return bytes;
        } catch (BadMessageException tooSlow) {
            throw new Refused(Problems.known(tooSlow.getCode()));
        } catch (IOException cut) {
            throw new Refused(new Problem("malformed", 400, "Malformed", "The body did not arrive whole."));
        }
    }

    /// Takes a small body that nobody wants off the connection, which Jetty would have to close otherwise: a client that
    /// sends its next request just then gets no answer, and may not repeat it.
    static void skip(Context ctx) {
        long length = ctx.req().getContentLengthLong();
        if (length > 0 && length <= SMALL) {
            try {
                ctx.req().getInputStream().skipNBytes(length);
            } catch (IOException | BadMessageException cutOrTooSlow) {
                // then there is nothing to save
            }
        }
    }

    private static Refused tooLarge(int mostBytes) {
        return new Refused(new Problem("too-large", 413, "Too large", "The body may have at most %,d bytes.".formatted(mostBytes)));
    }
}
