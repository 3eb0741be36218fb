package runnel.upstream;

import java.util.List;
import java.util.Optional;

/// The models of an upstream, and the one to use when nobody chose.
public record Models(List<Model> models, String preferred) {
    public Models {
        models = List.copyOf(models);
    }

    private static final String NEWEST = ":latest"; // what Ollama adds to a name without a tag

    public boolean has(String model) {
        return models.stream().anyMatch(each -> each.id().equals(model) || each.id().equals(model + NEWEST));
    }

    /// @param contextTokens how many tokens the model reads and writes in all, where its server says so
    /// @param vision        whether it sees pictures, as far as is known
    /// @param owner         what the server writes under `owned_by`, which often is the server's own name; else empty
    public record Model(String id, Optional<Long> contextTokens, boolean vision, String owner) {}
}
