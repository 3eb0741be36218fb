package runnel.settings;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// A file that a person has written with any editor: UTF-8, or the UTF-16 that PowerShell writes; either with a byte order mark in front.
final class TextFile {
    private static final int MAX = 1 << 20;
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private TextFile() {}

    /// @throws StartupFailure naming the file, where it cannot be read or holds more than a megabyte
    static String read(Path file) {
        try (var in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MAX + 1);
            if (bytes.length > MAX) {
                throw unreadable(file, "it is larger than 1 MiB");
            }
            boolean wide = bytes.length > 1 && (bytes[0] & bytes[1] & 0xff) == 0xfe && bytes[0] != bytes[1];
            var charset = wide ? StandardCharsets.UTF_16 : StandardCharsets.UTF_8;
            String text = charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            return !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? text.substring(1) : text;
        } catch (CharacterCodingException wrong) {
            throw unreadable(file, "save it as UTF-8");
        } catch (IOException wrong) {
            throw unreadable(file, "this user may not, or it is no file");
        }
    }

    private static StartupFailure unreadable(Path file, String why) {
        return StartupFailure.wrong(List.of("The file " + file.getFileName() + " cannot be read: " + why + "."));
    }
}
