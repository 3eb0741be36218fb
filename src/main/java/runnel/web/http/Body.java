package runnel.web.http;

import io.javalin.http.Context;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.server.Request;
import runnel.chat.Refused;
import runnel.store.StoreException;

/// A request's body, read up to a limit whether or not its length was announced.
public final class Body {
    private static final int PIECE = 8 << 10;
    private static final int BUFFER = 64 << 10;
    /// How long a body may stand still, and one of somebody who is not logged in may take.
    public static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final long MIN_BYTES_PER_SECOND = 100;
    private static final long MIN_FILE_BYTES_PER_SECOND = 1_000;
    private static final int MAX_DISCARDED = 64 << 10;

    private static final String CUT = "The body did not arrive whole.";
    private Body() {}

    /// @param use makes of the whole body what is wanted of it
    /// @throws Refused where it is longer, does not come whole, or came so slowly that nothing lets the visitor in any more
    static <T> T read(Context ctx, int maxBytes, Function<byte[], T> use) {
        var member = Authorization.user(ctx);
        var memory = member.isPresent() ? BodyMemory.MEMBERS : BodyMemory.STRANGERS;
        long announced = ctx.req().getContentLengthLong();
        if (announced > Math.min(maxBytes, memory.size())) {
            throw tooLarge(Math.min(maxBytes, memory.size()));
        }
        var connection = new HttpConnection(ctx).endPoint;
        long idle = connection.getIdleTimeout();
        connection.setIdleTimeout(Math.min(idle, PATIENCE.toMillis()));
        try (var claim = memory.begin(member.orElseGet(ctx.req()::getRemoteAddr), connection::close)) {
            long slowest = member.isPresent() ? MIN_BYTES_PER_SECOND : Long.MAX_VALUE;
            var bytes = read(ctx.req().getInputStream(), (int) Math.min(maxBytes, memory.size()), slowest, claim);
            claim.arrived();
            Authorization.checkAgain(ctx);
            return use.apply(bytes);
        } catch (IOException cut) {
            throw cut.getCause() instanceof TimeoutException ? new Refused(Problems.known(408)) : Refused.malformed(CUT);
        } finally {
            connection.setIdleTimeout(idle);
        }
    }

    /// The same of one that is kept in a file meanwhile, and takes no memory.
    ///
    /// @param folder where that is
    /// @param seats  how many may lie there at once
    /// @throws StoreException where there is no room for it
    public static <T> T file(Context ctx, Path folder, int maxBytes, FileSeats seats, Function<InputStream, T> use) {
        if (ctx.req().getContentLengthLong() > maxBytes) {
            throw tooLarge(maxBytes);
        }
        var sender = Authorization.user(ctx).orElseGet(ctx.req()::getRemoteAddr);
        try (var seat = seats.take(sender, new HttpConnection(ctx)::cut); var file = spooled(folder)) {
            copy(ctx.req().getInputStream(), Channels.newOutputStream(file), maxBytes, seat);
            seat.arrived();
            Authorization.checkAgain(ctx);
            return use.apply(new BufferedInputStream(Channels.newInputStream(file.position(0)), BUFFER));
        } catch (IOException cut) {
            throw Refused.malformed(CUT);
        }
    }

    /// A file that only its owner may read, and that goes when it is closed: on Unix its name is gone from the beginning.
    private static FileChannel spooled(Path folder) {
        try {
            return FileChannel.open(Files.createTempFile(folder, "upload-", ".body"), StandardOpenOption.READ, StandardOpenOption.WRITE,
                    StandardOpenOption.DELETE_ON_CLOSE);
        } catch (IOException full) {
            throw noRoom(full);
        }
    }

    static StoreException noRoom(IOException full) {
        return new StoreException("there is no room for a temporary file", full);
    }

    private static void copy(InputStream in, OutputStream file, int maxBytes, FileSeats.Seat seat) throws IOException {
        var piece = new byte[PIECE];
        long began = System.nanoTime();
        int size = 0;
        for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
            try {
                file.write(piece, 0, read);
            } catch (IOException full) {
                throw noRoom(full);
            }
            size += read;
            seat.came(size);
            if (size > maxBytes) {
                throw tooLarge(maxBytes);
            }
            refuseTrickle(size, System.nanoTime() - began, MIN_FILE_BYTES_PER_SECOND);
        }
    }

    private static byte[] read(InputStream in, int maxBytes, long minBytesPerSecond, BodyMemory.Claim claim) throws IOException {
        claim.grow(PIECE);
        var bytes = new byte[PIECE];
        int length = 0;
        long began = System.nanoTime();
        for (int read = in.read(bytes); read >= 0; read = in.read(bytes, length, bytes.length - length)) {
            length += read;
            if (length > maxBytes) {
                throw tooLarge(maxBytes);
            }
            if (length == bytes.length) {
                int longer = Math.min(2 * length, maxBytes + 1);
                claim.grow(longer);
                bytes = Arrays.copyOf(bytes, longer);
            }
            refuseTrickle(length, System.nanoTime() - began, minBytesPerSecond);
        }
        return Arrays.copyOf(bytes, length);
    }

    /// The connection's idle timeout ends a body that stands still; this ends one that only drips, to hold what it holds for ever. For
    /// the header, and for all that is no content, [PatientConnector] does the same.
    static void refuseTrickle(int bytes, long nanos, long minBytesPerSecond) {
        long seconds = TimeUnit.NANOSECONDS.toSeconds(nanos);
        if (seconds >= PATIENCE.toSeconds() && bytes / seconds < minBytesPerSecond) {
            throw new Refused(Problems.known(408));
        }
    }

    /// Takes a body that says nothing off the connection, which Jetty would have to close otherwise.
    public static void discard(Context ctx) {
        if (hasBody(ctx)) {
            read(ctx, MAX_DISCARDED, _ -> true);
        }
    }

    /// Takes what has come of a body that nobody wants off the connection. What has not come is not waited for.
    ///
    /// @return whether nothing of it may still come
    static boolean skip(Context ctx) {
        if (!hasBody(ctx)) {
            return true;
        }
        if (awaitsInvitation(ctx)) {
            ctx.header("Connection", "close"); // to look for it would invite it, by 100 (RFC 9110, 10.1.1)
            return true;
        }
        try {
            var in = ctx.req().getInputStream();
            for (int skipped = 0; in.available() > 0 && skipped < MAX_DISCARDED;) {
                skipped += DrainThenClose.forget(in);
            }
            return in.isFinished();
        } catch (IOException cut) {
            return true; // there is nothing to save
        }
    }

    private static boolean awaitsInvitation(Context ctx) {
        var request = ServletContextRequest.getServletContextRequest(ctx.req());
        return "100-continue".equalsIgnoreCase(ctx.header("Expect")) && Request.getContentBytesRead(request) == 0;
    }

    private static boolean hasBody(Context ctx) {
        long length = ctx.req().getContentLengthLong();
        return length > 0 || length < 0 && ctx.header("Transfer-Encoding") != null;
    }

    private static Refused tooLarge(long maxBytes) {
        return new Refused("too-large", 413, "Too large", "The body may have at most %,d bytes.".formatted(maxBytes));
    }
}
