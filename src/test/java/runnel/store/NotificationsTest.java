package runnel.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import runnel.chat.Notification.Announcement;
import runnel.chat.Notification.Change;
import runnel.chat.Notification.ChatsChanged;
import runnel.chat.Notification.Resync;
import runnel.store.Notifications.Entry;
import runnel.store.Notifications.Place;

class NotificationsTest extends StoreTest {
    private Notifications mine() {
        return Notifications.of(database, "me");
    }

    private Place here() {
        return mine().behind(Optional.empty()).getLast().place();
    }

    private void change(String owner, String chat) {
        database.write(handle -> {
            Notifications.changed(database, handle, owner, chat, Change.CHANGED);
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

        assertEquals(List.of("first"), chats(mine().behind(Place.parse(place.toString()))));
    }

    @Test
    void another_users_place_is_no_place_here() {
        change("you", "yours");
        var yours = Notifications.of(database, "you").behind(Optional.empty()).getLast().place();

        assertInstanceOf(Resync.class, mine().behind(Optional.of(yours)).getFirst().told());
    }

    @Test
    void only_the_newest_are_kept_and_who_is_further_behind_is_told_to_read_afresh() {
        change("me", "0");
        var old = here();
        change("me", "1");
        var kept = here();
        var wanted = new ArrayList<String>();
        for (int i = 2; i <= Notifications.KEPT; i++) {
            change("me", Integer.toString(i));
            wanted.add(Integer.toString(i));
        }
        var seen = new ArrayList<String>();
        for (var page = mine().behind(Optional.of(kept)); !page.isEmpty(); page = mine().behind(Optional.of(page.getLast().place()))) {
            seen.addAll(chats(page));
        }
        assertEquals(wanted, seen);
        assertInstanceOf(Resync.class, mine().behind(Optional.of(old)).getFirst().told());
        int rows = database.read(handle -> handle.createQuery("select count(*) from notification").mapTo(Integer.class).one());
        assertEquals(Notifications.KEPT, rows);
    }

    @Test
    void who_stands_at_the_beginning_of_a_feed_that_has_overflown_is_told_to_read_afresh() {
        var place = here();
        for (int i = 0; i <= Notifications.KEPT; i++) {
            change("me", Integer.toString(i));
        }
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
            database.write(handle -> {
                Notifications.changed(database, handle, "me", "never", Change.CHANGED);
                throw new StoreException("refused", null);
            });
        } catch (StoreException refused) {
            assertTrue(mine().behind(Optional.of(place)).isEmpty());
        }
    }
}
