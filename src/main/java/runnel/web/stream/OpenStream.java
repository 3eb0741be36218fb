package runnel.web.stream;

import java.util.Set;
import runnel.web.http.Connection;
import runnel.web.http.Ends;

/// Something that is open for long.
interface OpenStream {
    /// `sse`, `text`, `socket`, `poll` or `notifications`.
    String transport();

    /// Called often.
    default void tick(long now, long heartbeatNanos) {}

    /// As [Connection#vanished].
    boolean vanished(Set<Ends> unheard);

    /// Ends at once, without a word to the reader, who would not hear it.
    void abandon();

    /// Comes to an end soon, such that the reader comes back with its cursor.
    void finish();
}
