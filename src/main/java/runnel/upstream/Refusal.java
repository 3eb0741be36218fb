package runnel.upstream;

import java.io.IOException;
import okhttp3.Response;
import okio.BufferedSource;

/// An answer with a status that is not a success.
///
/// @param retryAfter the header of that name, or empty
record Refusal(int status, String retryAfter, Complaint complaint) {
    private static final long MOST = 64 << 10;

    /// Reads as much of the body as a complaint needs; what cannot be read is not missed.
    static Refusal read(Response response) {
        String retryAfter = response.header("Retry-After", "").strip();
        return new Refusal(response.code(), retryAfter, Complaint.read(beginning(response)));
    }

    private static String beginning(Response response) {
        try {
            BufferedSource body = response.body().source();
            body.request(MOST);
            return body.getBuffer().readUtf8(Math.min(MOST, body.getBuffer().size()));
        } catch (IOException | IllegalArgumentException e) {
            return "";
        }
    }

    /// Whether the server may have looked at the question and found fault with the way it was put.
    boolean isAboutTheQuestion() {
        return status == 400 || status == 422;
    }
}
