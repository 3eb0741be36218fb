package runnel.upstream;

import java.util.Map;

/// What was learned of models by asking them, kept over restarts for a while: so none refuses the first question after each start.
/// Neither method throws.
public interface Lessons {
    /// What is known of a server's models, by their names.
    ///
    /// @param server its address, or what stands for it
    Map<String, String> of(String server);

    void keep(String server, String model, String lesson);
}
