package runnel.web.http;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import runnel.chat.Refused;

class BodyTest {
    @ParameterizedTest
    @CsvSource({"1, 9", "0, 9", "1000, 10", "12000000, 3600"})
    void a_body_may_be_slow(int bytes, long seconds) {
        assertDoesNotThrow(() -> Body.refuseTrickle(bytes, TimeUnit.SECONDS.toNanos(seconds), 100));
    }

    @ParameterizedTest
    @CsvSource({"1, 10", "900, 10", "6000, 120"})
    void a_body_that_only_drips_is_refused(int bytes, long seconds) {
        var refused = assertThrows(Refused.class, () -> Body.refuseTrickle(bytes, TimeUnit.SECONDS.toNanos(seconds), 100));
        assertEquals(408, refused.problem().status());
    }
}
