package runnel.web.http;

import io.javalin.http.Context;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.IntConsumer;
import runnel.chat.Problem;
import runnel.chat.Refused;

/// A request's body, read up to a limit whether or not its length was announced.
public final class Body {
    private static final int PIECE = 8 << 10;
    /// How long something may drip.
    public static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final long MIN_BYTES_PER_SECOND = 100;

    private Body() {}

    /// @param use makes of the whole body what is wanted of it
    /// @throws Refused where it is longer, does not come whole, or came so slowly that nothing lets the visitor in any more
    static <T> T read(Context ctx, int maxBytes, Function<byte[], T> use) {
        if (ctx.req().getContentLengthLong() > maxBytes) {
            throw tooLarge(maxBytes);
        }
        try (var room = new BodyMemory()) {
            var bytes = read(ctx.req().getInputStream(), maxBytes, room);
            Authorization.checkAgain(ctx);
            return use.apply(bytes);
        } catch (IOException cut) {
            throw new Refused(new Problem("malformed", 400, "Malformed", "The body did not arrive whole."));
        }
    }

    /// The same of one that is kept in a file meanwhile, and takes no memory.
    ///
    /// @throws StoreException where there is no room for it
    static <T> T file(Context ctx, int maxBytes, Function<InputStream, T> use) {
        if (ctx.req().getContentLengthLong() > maxBytes) {
            throw tooLarge(maxBytes);
        }
        try (var file = new SpoolFile()) {
            copy(ctx.req().getInputStream(), file.out(), maxBytes, _ -> {});
            Authorization.checkAgain(ctx);
            return use.apply(file.in());
        } catch (IOException cut) {
            throw new Refused(new Problem("malformed", 400, "Malformed", "The body did not arrive whole."));
        }
    }

    private static byte[] read(InputStream in, int maxBytes, BodyMemory room) throws IOException {
        var bytes = new ByteArrayOutputStream();
        copy(in, bytes, maxBytes, room::grow);
        return bytes.toByteArray();
    }

    private static void copy(InputStream in, OutputStream out, int maxBytes, IntConsumer grown) throws IOException {
        var piece = new byte[PIECE];
        long began = System.nanoTime();
        int size = 0;
        for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
            out.write(piece, 0, read);
            size += read;
            if (size > maxBytes) {
                throw tooLarge(maxBytes);
            }
            grown.accept(size);
            refuseTrickle(size, System.nanoTime() - began);
        }
    }

    /// Jetty's idle timeout ends a body that stands still; this ends one that only drips, to hold what it holds for ever. For
    /// the header, and for all that is no content, [DeadlineParser] does the same.
    static void refuseTrickle(int bytes, long nanos) {
        long seconds = TimeUnit.NANOSECONDS.toSeconds(nanos);
        if (seconds >= PATIENCE.toSeconds() && bytes / seconds < MIN_BYTES_PER_SECOND) {
            throw new Refused(Problems.known(408));
        }
    }

    /// Takes a small body that nobody wants off the connection, which Jetty would have to close otherwise: a client that
    /// sends its next request just then gets no answer, and may not repeat it. One that only drips is not waited for.
    ///
    /// @return whether nothing of it may still come
    public static boolean skip(Context ctx) {
        long length = ctx.req().getContentLengthLong();
        if (length == 0 || length < 0 && ctx.header("Transfer-Encoding") == null) {
            return true;
        }
        try (var room = new BodyMemory()) {
            var in = ctx.req().getInputStream();
            if (length > 0 && length <= BodyMemory.PIECE) {
                read(in, BodyMemory.PIECE, room);
            }
            return in.isFinished();
        } catch (IOException | Refused cutOrRead) {
            return true; // there is nothing to save
        }
    }

    private static Refused tooLarge(int maxBytes) {
        return new Refused(new Problem("too-large", 413, "Too large", "The body may have at most %,d bytes.".formatted(maxBytes)));
    }
}
