package runnel.upstream;

import runnel.chat.Run;

/// Takes the pieces of an answer in the order in which they came. A piece may be empty and may end between
/// the two halves of a surrogate pair.
public interface Sink {
    /// More of the answer; of a function call, more of its arguments.
    void append(Run.Kind kind, String piece);

    /// A function is to be called. The arguments follow, before anything else does.
    ///
    /// @param id   the model server's own name for the call
    /// @param name the function's
    void call(String id, String name);
}
