package runnel.upstream.openai;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import okio.BufferedSink;
import runnel.chat.Attachment;

/// The images of a request. They are read, and made base64, while it is sent: in its JSON each has a mark until then, which nobody can
/// guess, so that a chat with many photos takes no memory.
final class ImageParts {
    /// Divides by three, so that pieces need no padding between them.
    private static final int PIECE = 24 << 10;

    private final String mark = "@" + UUID.randomUUID() + "@";
    private final byte[] bytes = mark.getBytes(StandardCharsets.US_ASCII);
    private final List<Attachment> images = new ArrayList<>();

    /// A data URL (RFC 2397) for the next place in the request.
    String url(Attachment image) {
        images.add(image);
        return "data:" + image.type() + ";base64," + mark;
    }

    /// How much longer the request is than its JSON.
    long length() {
        return images.stream().mapToLong(image -> (image.size() + 2) / 3 * 4 - bytes.length).sum();
    }

    /// How many tokens they are taken to be.
    long tokens() {
        return images.stream().mapToLong(Attachment::tokens).sum();
    }

    /// @throws IOException where one cannot be read, too
    void write(byte[] json, BufferedSink sink) throws IOException {
        int from = 0;
        for (var image : images) {
            int at = next(json, from);
            sink.write(json, from, at - from);
            write(image, sink);
            from = at + bytes.length;
        }
        sink.write(json, from, json.length - from);
    }

    private int next(byte[] json, int from) {
        int at = from;
        while (!Arrays.equals(json, at, at + bytes.length, bytes, 0, bytes.length)) {
            at++;
        }
        return at;
    }

    private static void write(Attachment image, BufferedSink sink) throws IOException {
        try (var in = Files.newInputStream(image.file())) {
            for (var piece = in.readNBytes(PIECE); piece.length > 0; piece = in.readNBytes(PIECE)) {
                sink.write(Base64.getEncoder().encode(piece));
            }
        }
    }
}
