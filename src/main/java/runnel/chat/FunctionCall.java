package runnel.chat;

import java.util.List;

/// What a run of the kind [Run.Kind#FUNCTION_CALL] says: its first line is the call's id, its second the function's name, and all
/// that follows are the arguments, as far as they have come.
///
/// @param id        the model server's own name for the call
/// @param arguments JSON, once it is whole
public record FunctionCall(String id, String name, String arguments) {
    /// What the run of such a call begins with.
    public static String head(String id, String name) {
        return line(id) + line(name);
    }

    private static String line(String text) {
        return text.replaceAll("[\\r\\n]", " ") + "\n";
    }

    /// Reads the text of such a run.
    public static FunctionCall of(Slice run) {
        var lines = run.toString().split("\n", 3);
        return new FunctionCall(lines[0], lines[1], lines[2]);
    }

    /// All calls of a reply, in order.
    public static List<FunctionCall> in(Snapshot reply) {
        return reply.inOrder().stream().filter(run -> run.kind() == Run.Kind.FUNCTION_CALL).map(run -> of(run.text())).toList();
    }

    /// How many bytes of such a run lie before the arguments.
    public static int headLength(Slice run) {
        int at = run.from();
        for (int lines = 0; lines < 2; at++) {
            lines += run.bytes()[at] == '\n' ? 1 : 0;
        }
        return at - run.from();
    }
}
