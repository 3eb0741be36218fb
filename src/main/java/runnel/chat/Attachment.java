package runnel.chat;

import java.nio.file.Path;

/// A file that somebody put beside a prompt.
///
/// @param type   its media type, as its content tells it
/// @param size   in bytes
/// @param tokens how many the model is taken to read for it
/// @param file   what the model reads of it: the image, or the text in UTF-8
public record Attachment(String id, String name, String type, long size, long tokens, Path file) {
    public boolean isImage() {
        return type.startsWith("image/");
    }
}
