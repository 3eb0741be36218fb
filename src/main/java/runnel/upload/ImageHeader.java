package runnel.upload;

import java.io.EOFException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.CRC32;

/// What the first bytes of an image say of it. Nothing is decoded, so an image that unfolds to gigabytes does no harm.
record ImageHeader(String type, long width, long height) {
    /// As many as a telephone's camera takes, and no decompression bomb.
    static final long MAX_PIXELS = 50_000_000;
    private static final int MAX_SEGMENTS = 10_000;

    private static final long PNG = 0x89504e470d0a1a0aL;
    private static final int IHDR = 0x49484452;
    private static final int IHDR_BYTES = 17;

    /// @return nothing where it is not one of the images that are known
    /// @throws runnel.chat.Refused where it says that it is one and is not, or has too many pixels
    static Optional<ImageHeader> read(Path file) throws IOException {
        try (var in = new RandomAccessFile(file.toFile(), "r")) {
            var start = new byte[(int) Math.min(16, in.length())];
            in.readFully(start);
            var letters = new String(start, StandardCharsets.ISO_8859_1);
            Optional<ImageHeader> header = letters.startsWith("\u0089PNG") ? Optional.of(png(in))
                    : letters.startsWith("\u00ff\u00d8\u00ff") ? Optional.of(jpeg(in))
                    : letters.startsWith("GIF8") ? Optional.of(gif(in))
                    : letters.startsWith("RIFF") && letters.startsWith("WEBP", 8) ? Optional.of(webp(in)) : Optional.empty();
            header.ifPresent(ImageHeader::check);
            return header;
        } catch (EOFException short_) {
            throw broken();
        }
    }

    private void check() {
        if (width == 0 || height == 0) {
            throw broken();
        }
        if (width * height > MAX_PIXELS) {
            throw Content.tooLarge("The image has %,d × %,d pixels; it may have %,d in all.".formatted(width, height, MAX_PIXELS));
        }
    }

    private static RuntimeException broken() {
        return Content.unsupported("It begins like an image, but is none.");
    }

    private static void require(boolean sound) {
        if (!sound) {
            throw broken();
        }
    }

    private static ImageHeader png(RandomAccessFile in) throws IOException {
        in.seek(0);
        require(in.readLong() == PNG && in.readInt() == 13);
        var header = new byte[IHDR_BYTES];
        in.readFully(header);
        var sum = new CRC32();
        sum.update(header);
        require(in.readInt() == (int) sum.getValue());
        in.seek(12);
        require(in.readInt() == IHDR);
        return new ImageHeader("image/png", in.readInt() & 0xffffffffL, in.readInt() & 0xffffffffL);
    }

    /// The frame's header stands behind segments of any length, such as metadata.
    private static ImageHeader jpeg(RandomAccessFile in) throws IOException {
        in.seek(2);
        for (int i = 0; i < MAX_SEGMENTS; i++) {
            require(in.readUnsignedByte() == 0xff);
            int marker = in.readUnsignedByte();
            while (marker == 0xff) {
                marker = in.readUnsignedByte();
            }
            boolean frame = marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
            long at = in.getFilePointer();
            int length = in.readUnsignedShort();
            require(marker >= 0xc0 && (marker < 0xd0 || marker > 0xda) && length >= 2);
            if (frame) {
                in.readUnsignedByte();
                long height = in.readUnsignedShort();
                return new ImageHeader("image/jpeg", in.readUnsignedShort(), height);
            }
            in.seek(at + length);
        }
        throw broken();
    }

    /// Behind the screen's description, and its colours where it has any, a block begins.
    private static ImageHeader gif(RandomAccessFile in) throws IOException {
        in.seek(4);
        int version = in.readUnsignedShort();
        require(version == 0x3761 || version == 0x3961);
        int width = little(in, 2);
        int height = little(in, 2);
        int packed = in.readUnsignedByte();
        int colours = (packed & 0x80) == 0 ? 0 : 3 << (packed & 7) + 1;
        in.seek(13 + colours);
        int block = in.readUnsignedByte();
        require(block == 0x21 || block == 0x2c);
        return new ImageHeader("image/gif", width, height);
    }

    private static ImageHeader webp(RandomAccessFile in) throws IOException {
        in.seek(4);
        require((little(in, 4) & 0xffffffffL) + 8 <= in.length());
        in.seek(12);
        int chunk = in.readInt();
        in.seek(20);
        return switch (chunk) {
            case 0x56503820 -> lossy(in); // "VP8 "
            case 0x5650384c -> lossless(in); // "VP8L"
            case 0x56503858 -> extended(in); // "VP8X"
            default -> throw broken();
        };
    }

    private static ImageHeader lossy(RandomAccessFile in) throws IOException {
        in.skipBytes(3);
        require(in.readUnsignedByte() == 0x9d && in.readUnsignedShort() == 0x012a);
        return new ImageHeader("image/webp", little(in, 2) & 0x3fff, little(in, 2) & 0x3fff);
    }

    private static ImageHeader lossless(RandomAccessFile in) throws IOException {
        require(in.readUnsignedByte() == 0x2f);
        int bits = little(in, 4);
        return new ImageHeader("image/webp", (bits & 0x3fff) + 1, (bits >>> 14 & 0x3fff) + 1);
    }

    private static ImageHeader extended(RandomAccessFile in) throws IOException {
        in.skipBytes(4);
        return new ImageHeader("image/webp", little(in, 3) + 1, little(in, 3) + 1);
    }

    private static int little(RandomAccessFile in, int bytes) throws IOException {
        int value = 0;
        for (int i = 0; i < bytes; i++) {
            value |= in.readUnsignedByte() << 8 * i;
        }
        return value;
    }

    /// As OpenAI counts for most of its models: the image is fitted into 2,048 × 2,048 pixels, then its shorter side into 768, and each
    /// tile of 512 × 512 that it covers counts. Others count otherwise, so this is an estimate.
    long tokens() {
        double fit = Math.min(1, 2_048.0 / Math.max(width, height));
        fit *= Math.min(1, 768.0 / (fit * Math.min(width, height)));
        long tiles = (long) Math.ceil(width * fit / 512) * (long) Math.ceil(height * fit / 512);
        return 85 + 170 * tiles;
    }
}
