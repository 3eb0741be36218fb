package runnel.upstream;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;
import runnel.chat.Problem;

/// Finds the [Problem] behind an exception or an upstream's complaint.
final class Diagnosis {
    private Diagnosis() {}

    /// Why no answer began.
    static Problem ofConnecting(Exception failure) {
        return switch (failure) {
            case UnknownHostException _ -> Faults.UNRESOLVED;
            case ConnectException _ -> Faults.UNREACHABLE;
            case NoRouteToHostException _ -> Faults.UNREACHABLE;
            case SocketTimeoutException _ -> Faults.UNREACHABLE;
            case SSLException _ -> Faults.INSECURE;
            default -> Faults.HUNG_UP;
        };
    }

    /// Why an answer that had begun did not go on. A drop shows itself in many ways, some of which are no [IOException]:
    /// a chunk whose size is negative is an [IllegalArgumentException] in OkHttp.
    static Problem ofReading(Throwable failure) {
        return failure instanceof Transport.Oversized ? Faults.OVERSIZED : Faults.BROKEN_OFF;
    }

    static Problem ofStatus(Refusal refusal) {
        return switch (refusal.status()) {
            case 401, 403 -> Faults.REFUSED_KEY;
            case 402 -> Faults.UNPAID;
            case 404 -> Faults.NOT_FOUND;
            case 408, 504 -> Faults.GAVE_UP;
            case 429 -> refusal.complaint().unpaid() ? Faults.UNPAID : Faults.limited(refusal.retryAfter());
            case 413 -> Faults.CONTEXT_EXCEEDED;
            case 503, 529 -> Faults.OVERLOADED;
            default -> ofOtherStatus(refusal.status(), refusal.complaint());
        };
    }

    private static Problem ofOtherStatus(int status, Complaint complaint) {
        if (status / 100 == 3) {
            return Faults.REDIRECT;
        }
        if (complaint.tooLong()) {
            return Faults.CONTEXT_EXCEEDED;
        }
        return status / 100 == 4 ? Faults.REFUSED : Faults.ERROR;
    }

    /// What a complaint means that came in the middle of an answer, where no status says its kind.
    static Problem ofComplaint(Complaint complaint) {
        if (complaint.tooLong()) {
            return Faults.CONTEXT_EXCEEDED;
        }
        if (complaint.unpaid()) {
            return Faults.UNPAID;
        }
        return complaint.limited() ? Faults.limited("") : Faults.ERROR;
    }
}
