package runnel;

import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/// Hears what comes piece by piece, and keeps no more of it than a secret may reach into the next piece.
public final class Ear implements Consumer<String> {
    private static final int REACH = 256;
    /// What HTTP puts between two chunks.
    private static final Pattern FRAMING = Pattern.compile("\r\n[0-9A-Fa-f]{1,8}\r\n");

    private final Consumer<String> look;
    private final UnaryOperator<String> learn;
    private String end = "";

    /// @param learn takes out what may be there
    Ear(Consumer<String> look, UnaryOperator<String> learn) {
        this.look = look;
        this.learn = learn;
    }

    /// @param piece each character is a byte
    @Override
    public synchronized void accept(String piece) {
        var text = learn.apply(end + piece);
        look.accept(text);
        var joined = text.indexOf('\r') < 0 ? text : FRAMING.matcher(text).replaceAll("");
        if (joined.length() < text.length()) {
            look.accept(joined);
        }
        end = text.substring(Math.max(0, text.length() - REACH));
    }
}
