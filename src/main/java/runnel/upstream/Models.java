package runnel.upstream;

import java.util.List;
import java.util.OptionalLong;

/// The models of an upstream, and the one to use when nobody chose.
public record Models(List<Model> models, String preferred) {
    public Models {
        models = List.copyOf(models);
    }

    /// @param contextTokens how many tokens the model reads and writes in all, where its server says so
    /// @param owner         what the server writes under `owned_by`, which often is the server's own name; else empty
    public record Model(String id, OptionalLong contextTokens, String owner) {}
}
