package runnel.upstream.openai;

import java.time.Duration;

/// Told what comes of an answer while it is read.
interface AnswerListener {
    /// Bytes came.
    void heard();

    /// More of the answer came.
    void said();

    /// The model has said that it is done, so only what belongs to the end may still come.
    ///
    /// @param most how long that is waited for
    void finishing(Duration most);

    /// Whether that has been waited for as long, so that it is no failure when the stream breaks.
    boolean hasWaited();

    /// The server has put an error into its answer.
    void complained(ErrorBody errorBody);

    /// The stream has broken.
    void failed(Throwable failure);
}
