package runnel.upstream.openai;

import java.io.IOException;
import runnel.chat.Problem;

/// Finds the [Problem] behind an exception or an upstream's complaint.
final class Diagnosis {
    private Diagnosis() {}

    /// Why no answer began.
    static Problem ofConnecting(Exception failure) {
        return ConnectFailure.of(failure);
    }

    /// Why an answer that had begun did not go on. A drop shows itself in many ways, some of which are no [IOException]:
    /// a chunk whose size is negative is an [IllegalArgumentException] in OkHttp.
    static Problem ofReading(Throwable failure) {
        return failure instanceof Transport.Oversized ? UpstreamProblems.OVERSIZED : UpstreamProblems.BROKEN_OFF;
    }

    static Problem ofStatus(ErrorResponse errorResponse) {
        return switch (errorResponse.status()) {
            case 401, 403 -> UpstreamProblems.REFUSED_KEY;
            case 402 -> UpstreamProblems.UNPAID;
            case 404 -> UpstreamProblems.NOT_FOUND;
            case 407 -> UpstreamProblems.PROXY_LOGIN;
            case 408, 504 -> UpstreamProblems.GAVE_UP;
            case 429 -> errorResponse.errorBody().unpaid() ? UpstreamProblems.UNPAID : UpstreamProblems.limited(errorResponse.retryAfter());
            case 413 -> UpstreamProblems.CONTEXT_EXCEEDED;
            case 503, 529 -> UpstreamProblems.OVERLOADED;
            default -> ofOtherStatus(errorResponse.status(), errorResponse.errorBody());
        };
    }

    private static Problem ofOtherStatus(int status, ErrorBody errorBody) {
        if (ConnectFailure.wantsTls(errorBody.words())) {
            return UpstreamProblems.NEEDS_TLS;
        }
        if (status / 100 == 3) {
            return UpstreamProblems.REDIRECT;
        }
        if (errorBody.tooLong()) {
            return UpstreamProblems.CONTEXT_EXCEEDED;
        }
        return status / 100 == 4 ? UpstreamProblems.REFUSED : UpstreamProblems.ERROR;
    }

    /// What a complaint means that came in the middle of an answer, where no status says its kind.
    static Problem ofComplaint(ErrorBody errorBody) {
        if (errorBody.tooLong()) {
            return UpstreamProblems.CONTEXT_EXCEEDED;
        }
        if (errorBody.unpaid()) {
            return UpstreamProblems.UNPAID;
        }
        return errorBody.limited() ? UpstreamProblems.limited("") : UpstreamProblems.ERROR;
    }
}
