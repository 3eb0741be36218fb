package runnel.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// When a commit waits for more to write.
class GroupCommitDelayTest {
    private final GroupCommitDelay groupCommitDelay = new GroupCommitDelay();
    private long now = TimeUnit.HOURS.toNanos(-1);

    private long pauseAfterWrites(int perSecond, int millis) {
        long pause = 0;
        long end = now + TimeUnit.MILLISECONDS.toNanos(millis);
        while (now < end) {
            pause = groupCommitDelay.pause(now);
            groupCommitDelay.committing(1, now);
            now += TimeUnit.SECONDS.toNanos(1) / perSecond;
        }
        return pause;
    }

    @Test
    void one_write_waits_for_nobody() {
        assertEquals(0, groupCommitDelay.pause(now));
    }

    @Test
    void a_hundred_writes_a_second_wait_for_nobody() {
        assertEquals(0, pauseAfterWrites(100, 3_000));
    }

    @Test
    void a_thousand_writes_a_second_wait_for_each_other_but_twenty_milliseconds_at_most() {
        long pause = pauseAfterWrites(1_000, 3_000);
        assertTrue(pause > 0 && pause <= TimeUnit.MILLISECONDS.toNanos(20), "" + pause);
    }

    @Test
    void when_the_many_have_passed_one_waits_for_nobody_again() {
        pauseAfterWrites(1_000, 3_000);
        now += TimeUnit.SECONDS.toNanos(1);
        assertEquals(0, groupCommitDelay.pause(now));
    }

    @Test
    void one_big_group_makes_the_next_wait_only_shortly_after_it() {
        groupCommitDelay.committing(500, now);
        now += TimeUnit.MILLISECONDS.toNanos(25);
        assertEquals(0, groupCommitDelay.pause(now));
    }
}
