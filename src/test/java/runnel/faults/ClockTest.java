package runnel.faults;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import runnel.Client.Sent;
import runnel.Server;

/// A clock that jumps, by hand, by NTP or in a virtual machine that slept.
class ClockTest {
    @TempDir
    Path data;

    /// A database whose ids were made while the clock was a year ahead.
    private Sent aheadOfTime(Server server) {
        var sent = server.client().ask("First", "text:2");
        server.client().whole(sent);
        String ahead = "0" + Long.toHexString(System.currentTimeMillis() + 365L * 86_400_000);
        server.database().write(sql -> {
            sql.update("pragma defer_foreign_keys = true");
            String prefix = ahead.substring(0, 8); // the rest of the id keeps prompt and reply in order
            sql.update("update message set parent = ? || substr(parent, 9) where parent is not null", prefix);
            return sql.update("update message set id = ? || substr(id, 9)", prefix);
        });
        return sent;
    }

    @Test
    void a_clock_that_was_set_back_over_a_restart_does_not_put_new_messages_before_old_ones() {
        try (var server = Server.start(data)) {
            var first = aheadOfTime(server);
            server.restart();
            var second = server.client().askIn(first.chat(), "Second", "echo");
            assertEquals("Second", server.client().whole(second).content());
            var third = server.client().askIn(first.chat(), "Third", "echo");
            server.client().whole(third);

            assertEquals(List.of("First", "word0 word1 ", "Second", "Second", "Third", "Third"), contents(server, first.chat()));
            assertEquals(List.of("You are a helpful assistant", "First", "word0 word1 ", "Second", "Second", "Third"), lastAsked(server));
        }
    }

    /// Nothing that runs waits, times out or beats by the time of day: `System.nanoTime` and the executors built on it do not
    /// jump. What lasts over a restart, such as a session, has to.
    @Test
    void no_reply_stream_or_poll_measures_time_by_the_time_of_day() {
        var classes = new ClassFileImporter().withImportOption(new DoNotIncludeTests()).importPackages("runnel.upstream", "runnel.reply", "runnel.web");
        noClasses().that().resideInAnyPackage("runnel.upstream", "runnel.reply")
                .or().haveNameMatching("runnel\\.web\\.(\\w*Stream\\w*|Polling|\\w*Wire|Beats|Reading)(\\$.*)?")
                .should().callMethod(System.class, "currentTimeMillis").check(classes);
    }

    private static List<String> contents(Server server, String chat) {
        var contents = new ArrayList<String>();
        for (JsonNode message : runnel.Client.json(server.client().get("/api/chats/" + chat)).get("messages")) {
            contents.add(message.get("content").asText());
        }
        return contents;
    }

    private static List<String> lastAsked(Server server) {
        return server.upstream().asked().getLast().body().get("messages").findValuesAsText("content");
    }
}
