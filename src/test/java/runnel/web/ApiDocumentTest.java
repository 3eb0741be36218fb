package runnel.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import runnel.web.http.Access;

class ApiDocumentTest extends WebTest {
    @Test
    void the_document_has_exactly_the_routes_that_the_server_has() {
        var real = server.web().routes().keySet().stream().filter(ApiDocumentTest::isApi).collect(Collectors.toCollection(TreeSet::new));
        var told = Document.of(server).operations().stream().map(Document.Operation::toString).collect(Collectors.toCollection(TreeSet::new));
        assertEquals(real, told);
    }

    /// The rest are pages and files.
    private static boolean isApi(String route) {
        return route.matches("\\w+ (/api/.*|/v1/.*|/health|/ready|/metrics)") && !route.equals("GET /api/docs");
    }

    @Test
    void it_calls_public_what_is_public() {
        for (var operation : Document.of(server).operations()) {
            assertEquals(server.web().routes().get(operation.toString()).contains(Access.PUBLIC), operation.isPublic(), operation::toString);
        }
    }

    @Test
    void it_says_what_is_for_administrators() {
        for (var operation : Document.of(server).operations()) {
            assertEquals(server.web().routes().get(operation.toString()).contains(Access.ADMINISTRATORS), operation.isForAdministrators(), operation::toString);
        }
    }

    @Test
    void it_says_what_a_personal_token_does_not_do() {
        for (var operation : Document.of(server).operations()) {
            assertEquals(server.web().routes().get(operation.toString()).contains(Access.SESSION), operation.isForSessions(), operation::toString);
        }
    }

    @Test
    void it_names_every_parameter_of_every_path() {
        var document = Document.of(server);
        for (var operation : document.operations()) {
            var named = new TreeSet<String>();
            operation.node().path("parameters").forEach(parameter -> named.add(document.resolved(parameter).get("name").asText()));
            var matcher = java.util.regex.Pattern.compile("\\{(\\w+)}").matcher(operation.path());
            while (matcher.find()) {
                assertTrue(named.contains(matcher.group(1)), operation::toString);
            }
        }
    }

    @Test
    void every_reference_leads_somewhere() {
        var root = Document.of(server).root();
        root.findValuesAsText("$ref").forEach(reference -> assertTrue(root.at(reference.substring(1)).isObject(), reference));
    }
}
