package runnel.web.openai;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import runnel.Client;
import runnel.chat.End;
import runnel.chat.Reply;
import runnel.chat.Snapshot;
import runnel.chat.Status;
import runnel.reply.ReplyText;
import runnel.web.http.Json;

class ResponseSourceTest {
    private static final int MAX_BYTES = 256 << 10;

    /// The longest that one reader can hold at once, whose connection takes nothing.
    @Test
    void however_long_the_text_is_it_goes_out_in_pieces_of_some_kilobytes() {
        var said = "Zeile \"1\"\n漢字 😀 ".repeat(100_000);
        var text = new ReplyText.Ended(new Reply(UUID.randomUUID().toString(), "c", "me", "p", "m", 0, 0),
                Snapshot.of("thought \u0001".repeat(10_000), said, 1, Optional.of(End.of(Status.COMPLETE))));
        var source = new ResponseSource(text, ResponsePlace.first(text.reply(), text.now()), new ResponseJson(text.reply(), Json.object(), Optional.empty(), true, Optional::empty), _ -> {});
        var all = new java.io.ByteArrayOutputStream();
        for (var piece = source.next(); piece != null; piece = source.next()) {
            assertTrue(piece.remaining() < MAX_BYTES, () -> "too long");
            all.write(piece.array(), piece.position(), piece.remaining());
        }
        assertTrue(source.done());
        var lines = all.toString(StandardCharsets.UTF_8).lines().filter(line -> line.startsWith("data: {")).map(line -> Client.json(line.substring(6))).toList();
        assertEquals(said, lines.getLast().at("/response/output/1/content/0/text").asText());
        assertEquals("thought \u0001".repeat(10_000), lines.getLast().at("/response/output/0/content/0/text").asText());
        for (var event : lines) {
            var told = event.path("text").asText(event.at("/part/text").asText(event.at("/item/content/0/text").asText()));
            assertTrue(!event.get("type").asText().endsWith(".done") || told.equals(said) || told.equals("thought \u0001".repeat(10_000)), () -> "not whole");
        }
    }
}
