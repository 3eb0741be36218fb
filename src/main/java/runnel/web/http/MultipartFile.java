package runnel.web.http;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.CompletionException;
import java.util.function.BiFunction;
import java.util.stream.StreamSupport;
import org.eclipse.jetty.http.MultiPart;
import org.eclipse.jetty.http.MultiPartFormData;
import org.eclipse.jetty.io.Content;
import runnel.chat.Refused;

/// The one file in a form (RFC 7578).
public final class MultipartFile {
    private static final int MAX_PARTS = 20;
    private static final int MAX_HEADERS = 8 << 10;

    private MultipartFile() {}

    public static boolean isForm(String contentType) {
        return contentType != null && contentType.toLowerCase(Locale.ROOT).startsWith("multipart/form-data");
    }

    /// @param folder where the parts lie meanwhile
    /// @param use    is given the file's name and content
    /// @throws Refused where the form is not whole, or has no file or two
    public static <T> T read(InputStream form, String contentType, Path folder, BiFunction<String, InputStream, T> use) {
        var boundary = MultiPart.extractBoundary(contentType);
        if (boundary == null || boundary.isEmpty()) {
            throw malformed();
        }
        var parser = new MultiPartFormData.Parser(boundary);
        parser.setFilesDirectory(folder);
        parser.setMaxMemoryFileSize(0);
        parser.setMaxParts(MAX_PARTS);
        parser.setPartHeadersMaxLength(MAX_HEADERS);
        try (var parts = parser.parse(Content.Source.from(form)).join()) {
            var files = StreamSupport.stream(parts.spliterator(), false).filter(part -> part.getFileName() != null).toList();
            if (files.size() > 1) {
                throw Refused.field("file", "send one file at a time");
            }
            var file = files.stream().findFirst().orElseThrow(MultipartFile::malformed);
            return use.apply(plain(file.getFileName()), Content.Source.asInputStream(file.getContentSource()));
        } catch (CompletionException broken) {
            if (broken.getCause() instanceof IOException full && !(full instanceof EOFException)) {
                throw Body.noRoom(full);
            }
            throw malformed();
        }
    }

    /// As browsers write it (WHATWG HTML, 4.10.21.8).
    private static String plain(String name) {
        return name.replace("%22", "\"").replace("%0D", "").replace("%0A", "");
    }

    private static Refused malformed() {
        return Refused.malformed("The body is not a whole form with one file in it.");
    }
}
