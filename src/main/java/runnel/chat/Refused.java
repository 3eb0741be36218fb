package runnel.chat;

import java.util.ArrayList;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;

/// What was asked for cannot be done; the problem says why. Whatever refuses throws this, and the web answers with it.
public final class Refused extends RuntimeException {
    private static final int TOO_MANY = 429;

    private final transient Problem problem;
    private final transient Map<String, Object> members;

    public Refused(Problem problem) {
        this(problem, Map.of());
    }

    /// See [Problem].
    public Refused(String code, int status, String title, String detail) {
        this(new Problem(code, status, title, detail));
    }

    /// @param members further members of the problem object, for programs
    public Refused(Problem problem, Map<String, Object> members) {
        super(problem.detail(), null, false, false);
        this.problem = problem;
        this.members = Map.copyOf(members);
    }

    public static Refused notFound() {
        return new Refused("not-found", 404, "Not found", "There is nothing here, or it is not yours.");
    }

    /// Whether the same may be taken later: there are too many of something now, or what it needs is away.
    public boolean mayPass() {
        return problem.status() >= TOO_MANY;
    }

    /// @throws Refused where it is not there
    public static void requireFound(boolean there) {
        if (!there) {
            throw notFound();
        }
    }

    public static Refused malformed(String detail) {
        return new Refused("malformed", 400, "Malformed", detail);
    }

    /// One field of a request is wrong.
    public static Refused field(String field, String message) {
        return fields(new TreeMap<>(Map.of(field, message)));
    }

    /// Fields of a request are wrong.
    ///
    /// @param messages what is wrong with each, the first of which is what people are told
    public static Refused fields(SequencedMap<String, String> messages) {
        var errors = new ArrayList<Map<String, String>>();
        messages.forEach((field, message) -> errors.add(new TreeMap<>(Map.of("field", field, "message", message))));
        return new Refused(new Problem("invalid-field", 422, "Invalid field", String.join(": ", errors.getFirst().values())),
                Map.of("errors", errors));
    }

    public static Refused conflict(String code, String detail) {
        return conflict(code, detail, Map.of());
    }

    public static Refused conflict(String code, String detail, Map<String, Object> members) {
        return new Refused(new Problem(code, 409, "Conflict", detail), members);
    }

    public Problem problem() {
        return problem;
    }

    public Map<String, Object> members() {
        return members;
    }
}
