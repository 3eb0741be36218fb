package runnel.web.transfer;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.regex.Pattern;

/// What a title is called as a file, on every system: it names no folder, hides nothing, ends no header, and reads in one direction.
///
/// @param shown without an ending
public record DownloadName(String shown) {
    private static final int MAX_CHARACTERS = 80;
    /// What some system does not take in a name; white space, what controls, and what is no character.
    private static final Pattern FORBIDDEN = Pattern.compile("[\\\\/:*?\"<>|\\s\\p{C}\\p{Z}]+");
    private static final Pattern AT_ENDS = Pattern.compile("^[ .~-]+|[ .]+$");
    /// Devices, on Windows, whatever stands behind the first full stop.
    private static final Pattern DEVICE = Pattern.compile("(?i)(?:con|prn|aux|nul|(?:com|lpt)\\d)(?:\\..*)?");

    public static DownloadName of(String title) {
        var plain = FORBIDDEN.matcher(Normalizer.normalize(title, Normalizer.Form.NFC)).replaceAll(" ");
        int characters = Math.min(MAX_CHARACTERS, plain.codePointCount(0, plain.length()));
        var name = AT_ENDS.matcher(plain.substring(0, plain.offsetByCodePoints(0, characters))).replaceAll("");
        return new DownloadName(name.isEmpty() || DEVICE.matcher(name).matches() ? ("Chat " + name).strip() : name);
    }

    /// The value of `Content-Disposition` (RFC 6266), with the name in ASCII and as it is (RFC 8187).
    public String attachment(String ending) {
        var ascii = Normalizer.normalize(shown, Normalizer.Form.NFD).replaceAll("\\p{M}", "").replaceAll("[^\\x20-\\x7e]|%", "_");
        return "attachment; filename=\"%s.%s\"; filename*=UTF-8''%s.%s".formatted(ascii, ending, encoded(shown), ending);
    }

    /// A name without `*` as a value of RFC 8187, behind `UTF-8''`.
    public static String encoded(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20").replace("%7E", "~");
    }
}
