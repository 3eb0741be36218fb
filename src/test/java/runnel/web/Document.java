package runnel.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import runnel.Client;
import runnel.Server;

/// The API's document, as a program reads it.
final class Document {
    private static final Set<String> METHODS = Set.of("get", "put", "post", "patch", "delete");

    private final JsonNode root;
    private final SchemaRegistry schemas = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

    private Document(JsonNode root) {
        this.root = root;
    }

    static Document of(Server server) {
        return new Document(Client.json(server.client().get("/api/openapi.json")));
    }

    /// One method of one path.
    record Operation(String method, String path, JsonNode node) {
        boolean isPublic() {
            return node.path("security").isArray() && node.path("security").isEmpty();
        }

        boolean isSocket() {
            return node.path("responses").has("101");
        }

        /// Whether the answer never ends by itself.
        boolean isEndless() {
            return node.path("x-endless").asBoolean();
        }

        boolean isForAdministrators() {
            return node.path("x-role").asText().equals("admin");
        }

        /// Whether a personal token does not do.
        boolean isForSessions() {
            return node.path("security").size() == 1 && node.path("security").get(0).has("session");
        }

        /// Whether it is about something that belongs to somebody.
        boolean takesIds() {
            return path.contains("{") && !path.contains("{model}");
        }

        /// Whether its errors have OpenAI's form.
        boolean isOpenAi() {
            return path.startsWith("/v1/");
        }

        boolean hasBody() {
            return node.has("requestBody");
        }

        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    List<Operation> operations() {
        var operations = new ArrayList<Operation>();
        root.get("paths").forEachEntry((path, item) -> item.forEachEntry((method, node) -> {
            if (METHODS.contains(method)) {
                operations.add(new Operation(method.toUpperCase(java.util.Locale.ROOT), path, node));
            }
        }));
        return operations;
    }

    JsonNode resolved(JsonNode node) {
        return node.has("$ref") ? root.at(node.get("$ref").asText().substring(1)) : node;
    }

    /// What is wrong with an answer, by the document.
    Optional<String> wrongWith(Operation operation, HttpResponse<String> answer) {
        var responses = operation.node().get("responses");
        var status = Integer.toString(answer.statusCode());
        if (!responses.has(status) && answer.statusCode() < 400) {
            return Optional.of("status " + status + " is not in the document");
        }
        var content = resolved(responses.has(status) ? responses.get(status) : responses.get("default")).path("content");
        var type = answer.headers().firstValue("Content-Type").map(value -> value.replaceAll("\\s*;.*", "")).orElse("");
        if (content.isMissingNode()) {
            return answer.body().isEmpty() ? Optional.empty() : Optional.of("there is a body where none should be");
        }
        if (!content.has(type)) {
            return Optional.of("type " + type + " is not in the document");
        }
        return type.endsWith("json") ? invalid(content.get(type).get("schema"), answer.body()) : Optional.empty();
    }

    private Optional<String> invalid(JsonNode schema, String body) {
        var whole = Client.object();
        whole.set("components", root.get("components"));
        whole.set("allOf", Client.json("[" + schema + "]"));
        var errors = schemas.getSchema(whole).validate(body, InputFormat.JSON);
        return errors.isEmpty() ? Optional.empty() : Optional.of(errors + " in " + body);
    }

    JsonNode root() {
        return root;
    }
}
