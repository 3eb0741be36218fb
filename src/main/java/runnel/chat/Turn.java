package runnel.chat;

import java.util.List;
import java.util.Optional;

/// One message as a model is asked to read it.
///
/// @param calls the functions that the model called in it
/// @param input what a program sent in its place: see [Asked#input]
/// @param attachments the images beside its content; before they were read, the texts too
public record Turn(Role role, String content, List<FunctionCall> calls, Optional<String> input, List<Attachment> attachments) {
    public Turn(Role role, String content) {
        this(role, content, List.of(), Optional.empty(), List.of());
    }

    public Turn with(String other, List<Attachment> files) {
        return new Turn(role, other, calls, input, files);
    }

    /// Whether it begins with what a function gave back, so that it makes sense only behind the call.
    public boolean answersCall() {
        return input.filter(items -> items.startsWith("[{\"type\":\"function_call_output\"")).isPresent();
    }

    /// Whether it is its content and its attachments, and nothing else.
    public boolean isPlain() {
        return calls.isEmpty() && input.isEmpty();
    }
}
