package runnel.upstream.openai;

/// An answer with a status that is not a success.
///
/// @param retryAfter the header of that name, or empty
record ErrorResponse(int status, String retryAfter, ErrorBody errorBody) {
    /// How many bytes of a body are enough to know what it complains of; what cannot be read is not missed.
    static final int MAX = 64 << 10;

    static ErrorResponse of(int status, String retryAfter, String body) {
        return new ErrorResponse(status, retryAfter.strip(), ErrorBody.read(body));
    }

    /// Whether the server may have looked at the question and found fault with the way it was put. A chat template that fails is
    /// an error of its own to some (llama-server), though no model has read anything.
    boolean isAboutTheQuestion() {
        return status == 400 || status == 422 || status == 500 && errorBody.isAbout(ErrorBody.Topic.ROLES);
    }
}
