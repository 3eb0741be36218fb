package runnel.upstream;

/// Takes the pieces of an answer in the order in which they came. A piece may be empty and may end between
/// the two halves of a surrogate pair.
public interface Sink {
    /// More of the model's visible reasoning.
    void reasoning(String piece);

    /// More of the answer itself.
    void content(String piece);
}
