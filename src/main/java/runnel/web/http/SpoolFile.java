package runnel.web.http;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import runnel.store.StoreException;

/// A file for what is too large for memory. Only its owner may read it, and it goes when it is closed (on Unix its name is
/// gone from the beginning, so that no crash leaves it).
public final class SpoolFile implements AutoCloseable {
    private final FileChannel channel;

    SpoolFile(Path folder) {
        try {
            var file = Files.createTempFile(folder, "upload-", ".body");
            this.channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);
        } catch (IOException refused) {
            throw noRoom(refused);
        }
    }

    private static StoreException noRoom(IOException refused) {
        return new StoreException("there is no room for a temporary file", refused);
    }

    /// Puts the first bytes of these behind what was written.
    void write(byte[] bytes, int length) {
        try {
            Channels.newOutputStream(channel).write(bytes, 0, length);
        } catch (IOException full) {
            throw noRoom(full);
        }
    }

    /// What was written, from its beginning.
    InputStream in() throws IOException {
        return new BufferedInputStream(Channels.newInputStream(channel.position(0)), 64 << 10);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
