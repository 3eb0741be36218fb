package runnel.web;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import runnel.chat.Refused;
import runnel.web.http.Fields;
import runnel.web.http.Json;
import runnel.web.transfer.ImportFormat;

/// What somebody may send as JSON.
class BodyFuzzTest {
    private static final List<String> NAMES = List.of("a", "prompt", "id", "title");

    /// Nothing where it is refused.
    private static Optional<JsonNode> parsed(byte[] bytes) {
        try {
            return Optional.of(Json.parse(bytes));
        } catch (Refused refused) {
            assertTrue(refused.problem().status() == 400, refused::getMessage);
            return Optional.empty();
        }
    }

    private static int depth(JsonNode node) {
        int deepest = 0;
        for (var child : node) {
            deepest = Math.max(deepest, depth(child));
        }
        return node.isContainerNode() ? deepest + 1 : 0;
    }

    @FuzzTest(maxDuration = "10m")
    void a_body_is_json_that_can_be_written_again_or_it_is_refused(byte[] bytes) {
        parsed(bytes).ifPresent(node -> {
            assertTrue(depth(node) <= 64);
            Json.parse(Json.bytes(node));
        });
    }

    @FuzzTest(maxDuration = "10m")
    void a_field_is_within_its_bounds_or_it_is_refused(byte[] bytes) {
        parsed(bytes).filter(ObjectNode.class::isInstance).ifPresent(node -> NAMES.forEach(name -> take(name, (ObjectNode) node)));
    }

    private static void take(String name, ObjectNode node) {
        var fields = new Fields(node);
        fields.text(name, 10).ifPresent(text -> assertTrue(!text.isBlank() && text.codePointCount(0, text.length()) <= 10, text));
        fields.free(name, 10).ifPresent(text -> assertTrue(StandardCharsets.UTF_8.newEncoder().canEncode(text), "it cannot be stored"));
        fields.number(name, 0, 2).ifPresent(number -> assertTrue(number >= 0 && number <= 2, () -> "" + number));
        fields.whole(name, 1, 9).ifPresent(number -> assertTrue(number >= 1 && number <= 9, () -> "" + number));
        fields.uuid(name);
        fields.email(name);
        fields.flag(name);
        fields.secret(name);
        try {
            fields.check();
        } catch (Refused refused) {
            assertTrue(refused.problem().status() == 422, refused::getMessage);
        }
    }

    @FuzzTest(maxDuration = "10m")
    void an_export_is_a_tree_of_messages_or_it_is_refused(byte[] bytes) {
        parsed(bytes).ifPresent(node -> Arrays.stream(ImportFormat.values()).filter(format -> format.fits(node)).forEach(format -> {
            var placed = new java.util.HashSet<String>();
            format.read(node).messages().forEach(message -> {
                assertTrue(message.parent().isEmpty() || placed.contains(message.parent().get()), "its parent does not come before it");
                placed.add(message.id());
            });
        }));
    }
}
