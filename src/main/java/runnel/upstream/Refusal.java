package runnel.upstream;

/// An answer with a status that is not a success.
///
/// @param retryAfter the header of that name, or empty
record Refusal(int status, String retryAfter, Complaint complaint) {
    /// How many bytes of a body are enough to know what it complains of; what cannot be read is not missed.
    static final int MOST = 64 << 10;

    static Refusal of(int status, String retryAfter, String body) {
        return new Refusal(status, retryAfter.strip(), Complaint.read(body));
    }

    /// Whether the server may have looked at the question and found fault with the way it was put.
    boolean isAboutTheQuestion() {
        return status == 400 || status == 422;
    }
}
