package runnel.store.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import runnel.chat.Notification.Announcement;
import runnel.chat.Notification.Change;
import runnel.chat.Notification.ChatsChanged;
import runnel.chat.Notification.Resync;
import runnel.store.StoreException;
import runnel.store.StoreTest;
import runnel.store.chat.Notifications.Entry;
import runnel.store.chat.Notifications.FeedCursor;

class NotificationsTest extends StoreTest {
    /// After so many more nobody will see one that was to be swept, but once in a million million runs.
    private static final int SURELY_SWEPT = 64 * 28;

    private Notifications mine() {
        return new Notifications(database, "me");
    }

    private FeedCursor here() {
        return mine().behind(Optional.empty()).getLast().place();
    }

    private void change(String owner, String chat) {
        database.write(sql -> {
            Notifications.changed(database, sql, owner, chat, Change.CHANGED);
            return null;
        });
    }

    private static List<String> chats(List<Entry> entries) {
        return entries.stream().map(entry -> ((ChatsChanged) entry.told()).chat()).toList();
    }

    @Test
    void nobody_hears_what_is_another_users_and_everybody_hears_an_announcement() {
        var place = here();
        change("me", "mine");
        change("you", "yours");
        Notifications.announce(database, "All");

        var told = mine().behind(Optional.of(place));
        assertEquals(List.of("mine"), chats(told.subList(0, 1)));
        assertEquals(new Announcement("All"), told.get(1).told());
        assertEquals(2, told.size());
    }

    @Test
    void the_place_at_an_empty_feed_is_a_place_too() {
        var place = here();
        change("me", "first");

        assertEquals(List.of("first"), chats(mine().behind(FeedCursor.parse(place.toString()))));
    }

    @Test
    void another_users_place_is_no_place_here() {
        change("you", "yours");
        var yours = new Notifications(database, "you").behind(Optional.empty()).getLast().place();

        assertInstanceOf(Resync.class, mine().behind(Optional.of(yours)).getFirst().told());
    }

    @Test
    void only_the_newest_are_kept_and_who_is_further_behind_is_told_to_read_afresh() {
        change("me", "0");
        var old = here();
        change("me", "1");
        var kept = here();
        var wanted = changes(2, Notifications.KEPT);
        var seen = new ArrayList<String>();
        for (var page = mine().behind(Optional.of(kept)); !page.isEmpty(); page = mine().behind(Optional.of(page.getLast().place()))) {
            seen.addAll(chats(page));
        }
        assertEquals(wanted, seen);
        changes(Notifications.KEPT + 1, Notifications.KEPT + SURELY_SWEPT);
        assertInstanceOf(Resync.class, mine().behind(Optional.of(old)).getFirst().told());
        long rows = database.read(sql -> sql.number("select count(*) from notification"));
        assertTrue(rows >= Notifications.KEPT && rows < Notifications.KEPT + SURELY_SWEPT, rows + " rows");
    }

    private List<String> changes(int first, int last) {
        var chats = IntStream.rangeClosed(first, last).mapToObj(Integer::toString).toList();
        database.write(sql -> {
            chats.forEach(chat -> Notifications.changed(database, sql, "me", chat, Change.CHANGED));
            return null;
        });
        return chats;
    }

    @Test
    void who_stands_at_the_beginning_of_a_feed_that_has_overflown_is_told_to_read_afresh() {
        var place = here();
        changes(0, Notifications.KEPT);
        assertInstanceOf(Resync.class, mine().behind(Optional.of(place)).getFirst().told());
    }

    @Test
    void the_bell_rings_when_it_is_on_disk_and_only_for_its_owner() {
        var rings = new AtomicInteger();
        var seen = new AtomicInteger();
        var place = here();
        database.bell().listen("me", rings::incrementAndGet);
        change("me", "mine");
        change("you", "yours");
        assertEquals(1, rings.get());

        Runnable looking = () -> seen.set(mine().behind(Optional.of(place)).size());
        database.bell().listen("me", looking);
        change("me", "more");
        assertEquals(2, seen.get());
        database.bell().leave("me", looking);
    }

    @Test
    void what_a_refused_write_would_have_told_is_not_told() {
        var place = here();
        try {
            database.write(sql -> {
                Notifications.changed(database, sql, "me", "never", Change.CHANGED);
                throw new StoreException("refused", null);
            });
        } catch (StoreException refused) {
            assertTrue(mine().behind(Optional.of(place)).isEmpty());
        }
    }
}
