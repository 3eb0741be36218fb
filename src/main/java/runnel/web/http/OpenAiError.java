package runnel.web.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jetty.util.URIUtil;
import runnel.chat.Problem;
import runnel.chat.Refused;

/// The form that errors have under `/v1`, as OpenAI's SDKs read them: `{"error":{"message","type","param","code"}}`.
///
/// What refuses throws [Refused] there as everywhere. Its member `param` names the parameter, or else the first wrong one of [Fields].
public final class OpenAiError {
    private OpenAiError() {}

    /// @param param the parameter that is wrong, as `tools[0].type`
    public static Refused invalid(String param, String message) {
        return of(400, "invalid-value", param, message);
    }

    /// What a parameter names is not there, or somebody else's.
    public static Refused notFound(String param) {
        return of(404, "not-found", param, Refused.notFound().problem().detail());
    }

    /// @param code  in kebab case, as problems have it; clients get it in snake case
    /// @param param empty where it is about no parameter
    public static Refused of(int status, String code, String param, String message) {
        return new Refused(new Problem(code, status, "Invalid request", message), param.isEmpty() ? Map.of() : Map.of("param", param));
    }

    /// Whether errors of this path have the form, however it is written (RFC 3986, 6.2.2).
    static boolean isFor(String path) {
        try {
            var plain = path == null ? "" : URIUtil.canonicalPath(URIUtil.compactPath(URIUtil.decodePath(path))) + "/";
            return plain.startsWith("/v1/") || path != null && path.startsWith("/v1/");
        } catch (IllegalArgumentException malformed) {
            return path.startsWith("/v1/");
        }
    }

    /// OpenAI has no 422.
    static int status(Problem problem) {
        return problem.status() == 422 ? 400 : problem.status();
    }

    /// The whole body.
    public static ObjectNode json(Refused refused) {
        var problem = refused.problem();
        var json = Json.object();
        json.putObject("error").put("message", problem.detail()).put("type", type(status(problem)))
                .put("param", param(refused.members()).orElse(null)).put("code", problem.code().replace('-', '_'));
        return json;
    }

    private static Optional<String> param(Map<String, Object> members) {
        return Optional.ofNullable(members.get("param")).map(Object::toString)
                .or(() -> members.get("errors") instanceof List<?> errors && errors.getFirst() instanceof Map<?, ?> first
                        ? Optional.of(first.get("field").toString()) : Optional.empty());
    }

    private static String type(int status) {
        return switch (status) {
            case 401 -> "authentication_error";
            case 403 -> "permission_error";
            case 429 -> "rate_limit_error";
            default -> status < 500 ? "invalid_request_error" : "server_error";
        };
    }
}
