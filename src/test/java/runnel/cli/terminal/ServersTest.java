package runnel.cli.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import runnel.settings.StartupFailure;

class ServersTest {
    private static final OwnServer OWN = new OwnServer(URI.create("http://own"), () -> {});
    private final AtomicInteger started = new AtomicInteger();

    @Test
    void a_server_that_was_there_and_is_gone_is_waited_for_and_its_folder_is_left_alone() {
        var there = new ArrayList<>(List.of(URI.create("http://127.0.0.1:1")));
        try (var servers = new Servers(Optional.empty(), () -> there.stream().findFirst(), () -> OWN)) {
            assertEquals("http://127.0.0.1:1", servers.address().toString());
            there.clear();
            assertEquals("http://127.0.0.1:1", servers.address().toString());
            there.add(URI.create("http://127.0.0.1:2"));
            assertEquals("http://127.0.0.1:2", servers.address().toString());
        }
        try (var servers = new Servers(Optional.empty(), Optional::empty, () -> OWN)) {
            assertEquals("http://own", servers.address().toString());
        }
    }

    @Test
    void what_is_started_ahead_is_what_is_asked() throws InterruptedException {
        try (var servers = new Servers(Optional.empty(), Optional::empty, this::count)) {
            var ahead = servers.startAhead();
            assertEquals(OWN.address(), servers.address());
            ahead.join();
            servers.startAhead().join();
            assertEquals(1, started.get());
        }
    }

    @Test
    void nothing_is_started_ahead_where_a_server_is_named_or_runs() throws InterruptedException {
        var other = Optional.of(URI.create("http://127.0.0.1:1"));
        try (var named = new Servers(other, Optional::empty, this::count);
                var found = new Servers(Optional.empty(), () -> other, this::count)) {
            named.startAhead().join();
            found.startAhead().join();
        }
        assertEquals(0, started.get());
    }

    @Test
    void what_cannot_be_started_ahead_is_refused_where_its_address_is_wanted() throws InterruptedException {
        try (var servers = new Servers(Optional.empty(), Optional::empty, () -> {
            throw StartupFailure.because("The disk is full.");
        })) {
            servers.startAhead().join();
            assertEquals("The disk is full.", assertThrows(StartupFailure.class, servers::address).getMessage());
        }
    }

    @Test
    void what_is_started_ahead_is_stopped_with_the_rest_and_not_started_behind_it() throws InterruptedException {
        for (int i = 0; i < 1_000; i++) {
            var servers = new Servers(Optional.empty(), Optional::empty, () -> {
                started.incrementAndGet();
                return new OwnServer(OWN.address(), started::decrementAndGet);
            });
            var ahead = servers.startAhead();
            servers.close();
            ahead.join();
            assertEquals(0, started.get());
        }
    }

    private OwnServer count() {
        started.incrementAndGet();
        return OWN;
    }
}
