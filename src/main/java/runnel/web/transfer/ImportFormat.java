package runnel.web.transfer;

import static runnel.web.transfer.ImportedText.some;
import static runnel.web.transfer.ImportedText.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayDeque;
import java.util.Optional;
import runnel.chat.Tags;
import runnel.store.transfer.ImportedChat;

/// The exports of one chat that are understood, each told by what no other has.
public enum ImportFormat {
    /// What `GET /api/chats/{chat}/export?format=json` gives.
    RUNNEL {
        @Override
        public boolean fits(JsonNode document) {
            return ChatJson.FORMAT.equals(document.path("format").asText());
        }

        @Override
        public ImportedChat read(JsonNode document) {
            var thread = new ImportedThread();
            for (var message : document.path("messages")) {
                thread.add(text(message.path("id")), some(message.path("parent")), message.path("role").asText(),
                        ImportedText.of(message), message.path("model"), message.path("created"));
                thread.attach(text(message.path("id")), message.path("attachments").valueStream()
                        .flatMap(file -> some(file.path("id")).stream()).toList());
            }
            return thread.chat(document.path("title"), document.path("model"), document.path("system"), document.path("created"))
                    .tagged(Tags.some(document.path("tags").valueStream().map(JsonNode::asText)));
        }
    },

    /// An element of ChatGPT's `conversations.json`: a `mapping` of nodes.
    CHATGPT {
        @Override
        public boolean fits(JsonNode document) {
            return document.path("mapping").isObject();
        }

        @Override
        public ImportedChat read(JsonNode document) {
            var thread = new ImportedThread();
            document.path("mapping").forEachEntry((id, node) -> {
                var message = new ChatGptMessage(node.path("message"));
                thread.add(id, some(node.path("parent")), message.role(), message.text(),
                        message.message().path("metadata").path("model_slug"), message.message().path("create_time"));
            });
            thread.open(text(document.path("current_node")));
            return thread.chat(document.path("title"), document.path("default_model_slug"), NOTHING, document.path("create_time"));
        }
    },

    /// An element of Open WebUI's export: a `chat` with a `history` of messages by their ids. What that holds is good by itself too, as
    /// is a list of messages with their roles, which many programs write.
    OPEN_WEBUI {
        @Override
        public boolean fits(JsonNode document) {
            var chat = chat(document);
            return chat.path("history").path("messages").isObject() || chat.path("messages").path(0).has("role");
        }

        @Override
        public ImportedChat read(JsonNode document) {
            var chat = chat(document);
            var thread = new ImportedThread();
            chat.path("history").path("messages").forEachEntry((id, message) -> thread.add(id, some(message.path("parentId")),
                    message.path("role").asText(), said(message), message.path("model"), message.path("timestamp")));
            if (chat.path("history").path("messages").isEmpty()) { // as it was at first
                var before = Optional.<String>empty();
                int count = 0;
                for (var message : chat.path("messages")) {
                    int number = ++count;
                    var id = some(message.path("id")).orElseGet(() -> "message " + number);
                    thread.add(id, before, message.path("role").asText(), said(message), message.path("model"),
                            message.path("timestamp"));
                    before = Optional.of(id);
                }
            }
            thread.open(text(chat.path("history").path("currentId")));
            var title = chat.has("title") ? chat.path("title") : chat.path("name");
            return thread.chat(title, chat.path("models").path(0), chat.path("system"), document.path("created_at"));
        }

        private static JsonNode chat(JsonNode document) {
            return document.path("chat").isObject() ? document.path("chat") : document;
        }

        private static ImportedText said(JsonNode message) {
            var content = message.path("content");
            return (content.isArray() ? ImportedText.ofParts(content) : ImportedText.ofDetails(text(content)))
                    .withFiles(message.path("files"));
        }
    },

    /// LibreChat's JSON export: messages that say of themselves whether the user made them, in a list or, as it is by default, in a
    /// tree, with the answers inside of what they answer.
    LIBRECHAT {
        @Override
        public boolean fits(JsonNode document) {
            var first = document.path("messages").isArray() ? document.path("messages").path(0) : document.path("messagesTree").path(0);
            return first.has("isCreatedByUser")
                    || document.has("conversationId") && (document.path("messages").isArray() || document.path("messagesTree").isArray());
        }

        @Override
        public ImportedChat read(JsonNode document) {
            var thread = new ImportedThread();
            var waiting = new ArrayDeque<Child>();
            document.path("messages").forEach(message -> waiting.add(new Child(message, Optional.empty())));
            document.path("messagesTree").forEach(message -> waiting.add(new Child(message, Optional.empty())));
            for (var next = waiting.poll(); next != null; next = waiting.poll()) {
                var message = next.message();
                var id = text(message.path("messageId"));
                thread.add(id, some(message.path("parentMessageId")).or(next::parent),
                        message.path("isCreatedByUser").asBoolean() ? "user" : "assistant",
                        ImportedText.ofParts(message.path("content")).or(message.path("text")).withFiles(message.path("files")),
                        message.path("model"), message.path("createdAt"));
                message.path("children").forEach(child -> waiting.add(new Child(child, Optional.of(id))));
            }
            var options = document.path("options");
            var title = document.has("title") ? document.path("title") : document.path("conversation").path("title");
            return thread.chat(title, options.path("model"), options.path("promptPrefix"), document.path("exportAt"));
        }
    },

    /// An element of Claude's `conversations.json`: messages one behind the other, unless they name their parents.
    CLAUDE {
        @Override
        public boolean fits(JsonNode document) {
            return document.path("chat_messages").isArray();
        }

        @Override
        public ImportedChat read(JsonNode document) {
            var thread = new ImportedThread();
            String before = "";
            for (var message : document.path("chat_messages")) {
                var id = text(message.path("uuid"));
                thread.add(id, Optional.of(some(message.path("parent_message_uuid")).orElse(before)),
                        message.path("sender").asText().replace("human", "user"),
                        ImportedText.ofParts(message.path("content")).or(message.path("text"))
                                .withFiles(message.path("attachments"), message.path("files")),
                        NOTHING, message.path("created_at"));
                before = id;
            }
            thread.open(text(document.path("current_leaf_message_uuid")));
            return thread.chat(document.path("name"), document.path("model"), NOTHING, document.path("created_at"));
        }
    };

    private static final JsonNode NOTHING = MissingNode.getInstance();

    private record Child(JsonNode message, Optional<String> parent) {}

    public abstract boolean fits(JsonNode document);

    public abstract ImportedChat read(JsonNode document);
}
