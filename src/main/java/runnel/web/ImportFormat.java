package runnel.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.stream.StreamSupport;
import runnel.store.Imports.ImportedChat;
import runnel.web.http.CleanText;
import runnel.web.http.Json;

/// The exports of one chat that are understood, each told by what no other has.
enum ImportFormat {
    /// What `GET /api/chats/{chat}/export?format=json` gives.
    RUNNEL {
        @Override
        boolean fits(JsonNode document) {
            return ChatJson.FORMAT.equals(document.path("format").asText());
        }

        @Override
        ImportedChat read(JsonNode document) {
            var thread = new ImportedThread();
            for (var message : document.path("messages")) {
                thread.add(text(message.path("id")), some(message.path("parent")), message.path("role"), text(message.path("content")),
                        message.path("reasoning"), message.path("model"), message.path("created"));
            }
            return thread.chat(document.path("title"), document.path("model"), document.path("system"), document.path("created"));
        }
    },

    /// An element of ChatGPT's `conversations.json`: a `mapping` of nodes, whose contents are parts.
    CHATGPT {
        @Override
        boolean fits(JsonNode document) {
            return document.path("mapping").isObject();
        }

        @Override
        ImportedChat read(JsonNode document) {
            var thread = new ImportedThread();
            document.path("mapping").forEachEntry((id, node) -> {
                var message = node.path("message");
                thread.add(id, some(node.path("parent")), message.path("author").path("role"), parts(message.path("content").path("parts")),
                        nothing(), message.path("metadata").path("model_slug"), message.path("create_time"));
            });
            return thread.chat(document.path("title"), document.path("default_model_slug"), nothing(), document.path("create_time"));
        }
    },

    /// An element of Open WebUI's export: a `chat` with a `history` of messages by their ids.
    OPEN_WEBUI {
        @Override
        boolean fits(JsonNode document) {
            return document.path("chat").path("history").path("messages").isObject();
        }

        @Override
        ImportedChat read(JsonNode document) {
            var chat = document.path("chat");
            var thread = new ImportedThread();
            chat.path("history").path("messages").forEachEntry((id, message) -> thread.add(id, some(message.path("parentId")),
                    message.path("role"), text(message.path("content")), nothing(), message.path("model"), message.path("timestamp")));
            return thread.chat(chat.path("title"), chat.path("models").path(0), chat.path("system"), document.path("created_at"));
        }
    },

    /// LibreChat's JSON export: messages that say of themselves whether the user made them.
    LIBRECHAT {
        @Override
        boolean fits(JsonNode document) {
            return document.has("conversationId") && document.path("messages").isArray();
        }

        @Override
        ImportedChat read(JsonNode document) {
            var thread = new ImportedThread();
            document.path("messages").forEach(message -> add(thread, message));
            var options = document.path("options");
            return thread.chat(document.path("title"), options.path("model"), options.path("promptPrefix"), document.path("exportAt"));
        }

        /// An export may be a tree, with the answers inside of what they answer.
        private void add(ImportedThread thread, JsonNode message) {
            var role = Json.object().put("role", message.path("isCreatedByUser").asBoolean() ? "user" : "assistant").path("role");
            var content = text(message.path("text")).isEmpty() ? parts(message.path("content")) : text(message.path("text"));
            thread.add(text(message.path("messageId")), some(message.path("parentMessageId")), role, content, nothing(),
                    message.path("model"), message.path("createdAt"));
            message.path("children").forEach(child -> add(thread, child));
        }
    };

    private static final double SECONDS_BELOW = 1e11;

    private static JsonNode nothing() {
        return MissingNode.getInstance();
    }

    abstract boolean fits(JsonNode document);

    abstract ImportedChat read(JsonNode document);

    /// A string without what cannot be stored; empty where there is none.
    static String text(JsonNode node) {
        return node.isTextual() ? CleanText.clean(node.textValue()) : "";
    }

    static Optional<String> some(JsonNode node) {
        return Optional.of(text(node)).filter(text -> !text.isBlank());
    }

    /// The text of parts, which are strings or objects with a `text`.
    private static String parts(JsonNode parts) {
        return String.join("\n", StreamSupport.stream(parts.spliterator(), false)
                .map(part -> part.isTextual() ? text(part) : text(part.path("text"))).filter(text -> !text.isEmpty()).toList());
    }

    /// Epoch milliseconds, whether the export counts seconds or milliseconds or writes ISO 8601; now where it says nothing.
    static long time(JsonNode node) {
        if (node.isNumber()) {
            double number = node.doubleValue();
            return (long) (number < SECONDS_BELOW ? number * 1_000 : number);
        }
        try {
            return Instant.parse(text(node)).toEpochMilli();
        } catch (DateTimeParseException | ArithmeticException notWritten) { // the latter for the year 1,000,000,000
            return System.currentTimeMillis();
        }
    }
}
