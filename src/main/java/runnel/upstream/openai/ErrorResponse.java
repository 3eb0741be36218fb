package runnel.upstream.openai;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Pattern;

/// An answer with a status that is not a success.
///
/// @param pause how long to wait before the next question, where the server says so
record ErrorResponse(int status, Optional<Duration> pause, ErrorBody errorBody) {
    /// How many bytes of a body are enough to know what it complains of; what cannot be read is not missed.
    static final int MAX = 64 << 10;
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,6}(\\.[0-9]{1,9})?");
    /// `Please try again in 7m12.5s`, `retry in 33.4s`, `Please retry after 20 seconds`.
    private static final Pattern WAIT = Pattern.compile("(?i)(?:again|retry) (?:in|after) ((?:[0-9]{1,3}h)?(?:[0-9]{1,5}m)?"
            + "[0-9]{1,6}(?:\\.[0-9]{1,9})?) ?s");

    /// @param retryAfter the header of that name, or empty
    static ErrorResponse of(int status, String retryAfter, String body) {
        var errorBody = ErrorBody.read(body);
        return new ErrorResponse(status, wait(retryAfter.strip()).or(() -> waitIn(errorBody)), errorBody);
    }

    /// Seconds, which some write with a fraction, or a date (RFC 9110, section 10.2.3).
    private static Optional<Duration> wait(String retryAfter) {
        try {
            return SECONDS.matcher(retryAfter).matches() ? Optional.of(Duration.parse("PT" + retryAfter + "S"))
                    : Optional.of(ZonedDateTime.parse(retryAfter, DateTimeFormatter.RFC_1123_DATE_TIME))
                            .map(date -> Duration.between(Instant.now(), date)).filter(Duration::isPositive);
        } catch (DateTimeException neither) {
            return Optional.empty();
        }
    }

    /// How long to wait, where the words say so.
    static Optional<Duration> waitIn(ErrorBody errorBody) {
        return WAIT.matcher(errorBody.text()).results().findFirst().map(found -> Duration.parse("PT" + found.group(1) + "S"));
    }

    /// Whether the server may have looked at the question and found fault with the way it was put. A chat template that fails is
    /// an error of its own to some (llama-server), though no model has read anything.
    boolean isAboutTheQuestion() {
        return status == 400 || status == 422 || status == 500 && errorBody.isAbout(ErrorBody.Topic.ROLES);
    }
}
