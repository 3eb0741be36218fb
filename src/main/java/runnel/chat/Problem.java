package runnel.chat;

import java.util.Objects;

/// What went wrong, said for a person and named for a program: the core of an RFC 9457 problem object.
///
/// @param code   stable and short, in kebab case, e.g. `upstream-refused-key`; it becomes the problem's `type`
/// @param status the HTTP status that fits it
/// @param title  the kind of problem, the same for every occurrence
/// @param detail this occurrence, and where possible the remedy; never a path, a secret or another program's words
public record Problem(String code, int status, String title, String detail) {
    /// Nothing new is begun any more.
    public static final Problem STOPPING = new Problem("stopping", 503, "Stopping", "The server is restarting. Try again in a moment.");

    public Problem {
        Objects.requireNonNull(code);
        Objects.requireNonNull(title);
        Objects.requireNonNull(detail);
    }
}
