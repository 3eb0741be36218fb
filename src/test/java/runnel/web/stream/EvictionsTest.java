package runnel.web.stream;

import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import runnel.account.Credential;
import runnel.account.Email;
import runnel.chat.Secret;
import runnel.faults.Eventually;
import runnel.store.Database;
import runnel.store.SqliteDatabase;
import runnel.store.account.Accounts;
import runnel.store.account.PersonalTokens;
import runnel.store.account.Sessions;

/// Readers are shut out also where nobody tells the server to look: those who come late, and those who only stay.
class EvictionsTest {
    private static final Duration OFTEN = Duration.ofSeconds(1);
    private static final Duration NEVER = Duration.ofDays(1);

    private final Streams streams = new Streams(Duration.ofSeconds(15), 10, 10, 10);
    private Database database;
    private Sessions sessions;
    private Credential ada;
    private Credential bob;

    @BeforeEach
    void open(@TempDir Path folder) {
        database = SqliteDatabase.open(folder.resolve("runnel.db"));
        sessions = new Sessions(database);
        ada = loggedIn("ada@example.org");
        bob = loggedIn("bob@example.org");
    }

    @AfterEach
    void close() {
        streams.close();
        database.close();
    }

    private Credential loggedIn(String email) {
        var account = new Accounts(database).add("Somebody", Email.of(email).orElseThrow(), Optional.empty(), true, true).orElseThrow();
        Secret cookie = sessions.begin(account.id(), Optional.empty(), false, "", "").orElseThrow();
        return sessions.pass(cookie).orElseThrow();
    }

    private Line reading(Credential credential) {
        return reading(credential, streams.admit(credential));
    }

    private Line reading(Credential credential, Streams.Permit permit) {
        var line = new Line();
        permit.open(new FeedSource(database, credential.user().id(), Optional.empty()), () -> line);
        return line;
    }

    @Test
    void who_was_let_in_before_the_session_ended_and_sits_down_long_after_is_shut_out() {
        try (var _ = new Evictions(streams, database, NEVER)) {
            var stays = reading(bob);
            var early = reading(ada);
            var late = streams.admit(ada);
            sessions.end(ada.user().id(), ada.id());
            Eventually.holds(early::closed);
            Eventually.sleep(1_500); // by now it has looked again
            Eventually.holds(reading(ada, late)::closed);
            assertFalse(stays.closed());
        }
    }

    @Test
    void a_session_that_is_not_used_any_more_ends_what_is_open_by_it() {
        try (var _ = new Evictions(streams, database, OFTEN)) {
            var stays = reading(bob);
            var idle = reading(ada);
            database.write(sql -> sql.update("update session set seen = seen - idle where id = ?", ada.id()));
            Eventually.holds(idle::closed);
            assertFalse(stays.closed());
        }
    }

    @Test
    void a_token_that_has_come_to_its_end_ends_what_is_open_by_it() {
        var tokens = new PersonalTokens(database);
        var made = tokens.make(ada.user().id(), "script", Optional.of(System.currentTimeMillis() + 1_500));
        try (var _ = new Evictions(streams, database, NEVER)) {
            var stays = reading(ada);
            var brief = reading(tokens.pass(made.value()).orElseThrow());
            Eventually.holds(brief::closed);
            assertFalse(stays.closed());
        }
    }

    /// A reader without a connection, which takes everything.
    private static final class Line implements Wire<StreamEvent> {
        private EventStream<StreamEvent> stream;
        private volatile boolean ended;

        boolean closed() {
            return ended;
        }

        @Override
        public void begin(EventStream<StreamEvent> begun) {
            stream = begun;
        }

        @Override
        public String transport() {
            return "line";
        }

        @Override
        public void event(StreamEvent event, Callback done) {
            done.succeeded();
        }

        @Override
        public void heartbeat(Callback done) {
            done.succeeded();
        }

        @Override
        public void end() {
            ended = true;
            stream.gone();
        }

        @Override
        public void cut() {}
    }
}
