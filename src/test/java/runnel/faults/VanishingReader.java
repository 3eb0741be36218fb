package runnel.faults;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.io.ByteArrayOutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.invoke.MethodHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/// A reader whose machine vanishes: from then on its end of the connection acknowledges nothing and says nothing, not even
/// goodbye. Its own kernel is told to drop every packet that comes for it, which needs no rights. For Linux only.
public final class VanishingReader implements AutoCloseable {
    private static final int AF_INET = 2;
    private static final int SOCK_STREAM = 1;
    private static final int SOL_SOCKET = 1;
    private static final int SO_ATTACH_FILTER = 26;
    private static final short RETURN = 6;
    private static final int LOOPBACK = 127 << 24 | 1;
    private static final int BUFFER = 4_096;

    private static final MethodHandle SOCKET = libc("socket", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT));
    private static final MethodHandle CONNECT = libc("connect", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));
    private static final MethodHandle SEND = libc("send", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT));
    private static final MethodHandle RECEIVE = libc("recv", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT));
    private static final MethodHandle SET = libc("setsockopt", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));
    private static final MethodHandle CLOSE = libc("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));

    private final ByteArrayOutputStream read = new ByteArrayOutputStream();
    private final int socket;

    private VanishingReader(int socket) {
        this.socket = socket;
    }

    public static VanishingReader connect(int port) {
        int socket = (int) call(SOCKET, AF_INET, SOCK_STREAM, 0);
        try (var memory = Arena.ofConfined()) {
            var address = memory.allocate(16);
            address.set(JAVA_SHORT, 0, (short) AF_INET);
            address.set(JAVA_SHORT.withOrder(ByteOrder.BIG_ENDIAN), 2, (short) port);
            address.set(JAVA_INT.withOrder(ByteOrder.BIG_ENDIAN), 4, LOOPBACK);
            call(CONNECT, socket, address, (int) address.byteSize());
        }
        return new VanishingReader(socket);
    }

    /// @param bytes each character is one
    public VanishingReader say(String bytes) {
        try (var memory = Arena.ofConfined()) {
            var sent = memory.allocateFrom(JAVA_BYTE, bytes.getBytes(StandardCharsets.ISO_8859_1));
            call(SEND, socket, sent, sent.byteSize(), 0);
        }
        return this;
    }

    /// Reads until these bytes have come.
    public VanishingReader hear(String bytes) {
        try (var memory = Arena.ofConfined()) {
            var buffer = memory.allocate(BUFFER);
            while (!read.toString(StandardCharsets.ISO_8859_1).contains(bytes)) {
                long length = call(RECEIVE, socket, buffer, buffer.byteSize(), 0);
                if (length == 0) {
                    throw new AssertionError("The server closed the connection after " + read);
                }
                read.writeBytes(buffer.asSlice(0, length).toArray(JAVA_BYTE));
            }
        }
        return this;
    }

    /// Attaches the shortest of all filters: "return 0".
    public void vanish() {
        try (var memory = Arena.ofConfined()) {
            var filter = memory.allocate(8, 4);
            filter.set(JAVA_SHORT, 0, RETURN);
            var program = memory.allocate(MemoryLayout.structLayout(JAVA_SHORT, MemoryLayout.paddingLayout(6), ADDRESS));
            program.set(JAVA_SHORT, 0, (short) 1);
            program.set(ADDRESS, 8, filter);
            call(SET, socket, SOL_SOCKET, SO_ATTACH_FILTER, program, (int) program.byteSize());
        }
    }

    @Override
    public void close() {
        call(CLOSE, socket);
    }

    private static MethodHandle libc(String name, FunctionDescriptor types) {
        var linker = Linker.nativeLinker();
        return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), types);
    }

    private static long call(MethodHandle function, Object... arguments) {
        try {
            long result = ((Number) function.invokeWithArguments(arguments)).longValue();
            if (result < 0) {
                throw new AssertionError("The kernel refuses " + function);
            }
            return result;
        } catch (Throwable failed) {
            throw new AssertionError(failed);
        }
    }
}
