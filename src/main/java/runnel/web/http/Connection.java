package runnel.web.http;

import java.util.Set;

/// What leads to one reader, and may end there without a word: a machine that lost its power or its network says no
/// goodbye.
public interface Connection {
    /// Whether nobody is at its other end any more. It is asked twice in a heartbeat, and may use that to ask the reader
    /// for a sign of life.
    ///
    /// @param unheard what the kernel hears nothing from
    boolean vanished(Set<Ends> unheard);

    /// Breaks it.
    void cut();
}
