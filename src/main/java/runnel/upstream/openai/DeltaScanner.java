package runnel.upstream.openai;

import java.util.Optional;

/// Reads the chunk that comes a thousand times in an answer, some text and nothing else, in one pass over the event's
/// bytes and without building a tree: that tree is the largest part of what relaying a token costs.
///
/// It accepts only RFC 8259 JSON that [ChunkReader] would read as the same [Chunk]. Whatever is rare (a finish reason,
/// usage, an error, several choices, content in parts, a key given twice) or wrong is left to that reader.
///
/// A scanner reads one event and is forgotten: what a stream holds on to between two events, the collector of garbage carries about.
final class DeltaScanner {
    private enum Place { CHUNK, CHOICE, DELTA }

    private final JsonSkimmer json;
    private boolean choices;
    private boolean delta;
    private String content;
    private String reasoning;
    private String reasoningContent;

    private DeltaScanner(JsonSkimmer json) {
        this.json = json;
    }

    /// The chunk, or nothing where the event is not of the common kind.
    static Optional<Chunk> scan(byte[] data, int from, int to) {
        return new DeltaScanner(new JsonSkimmer(data, from, to)).chunk();
    }

    private Optional<Chunk> chunk() {
        if (!object(Place.CHUNK) || !choices || !json.atEnd()) {
            return Optional.empty();
        }
        return Optional.of(Chunk.of(firstText(reasoningContent, reasoning), content == null ? "" : content));
    }

    /// A server that sends both spellings means one and the same text.
    private static String firstText(String one, String other) {
        if (one != null && !one.isEmpty()) {
            return one;
        }
        return other == null ? "" : other;
    }

    private boolean object(Place place) {
        if (!json.take('{')) {
            return false;
        }
        if (json.take('}')) {
            return true;
        }
        do {
            if (!json.key() || !member(place)) {
                return false;
            }
        } while (json.take(','));
        return json.take('}');
    }

    private boolean member(Place place) {
        return switch (place) {
            case CHUNK -> chunkMember();
            case CHOICE -> choiceMember();
            case DELTA -> deltaMember();
        };
    }

    private boolean chunkMember() {
        if (json.keyIs("choices")) {
            boolean first = !choices;
            choices = true;
            return first && json.take('[') && object(Place.CHOICE) && json.take(']');
        }
        return json.keyIs("usage") ? json.takeNull()
                : ErrorBody.ERRORS.stream().anyMatch(json::keyIs) ? json.takeNothing() : json.skipValue();
    }

    private boolean choiceMember() {
        if (json.keyIs("delta")) {
            boolean first = !delta;
            delta = true;
            return first && object(Place.DELTA);
        }
        if (json.keyIs("finish_reason")) {
            return json.takeNull();
        }
        return json.keyIs("index") || json.keyIs("logprobs") || json.keyIs("content_filter_results")
                ? json.skipValue() : json.takeNothing();
    }

    private boolean deltaMember() {
        if (json.keyIs("content")) {
            boolean first = content == null;
            content = json.takeText();
            return first && content != null;
        }
        if (json.keyIs("reasoning_content")) {
            boolean first = reasoningContent == null;
            reasoningContent = json.takeText();
            return first && reasoningContent != null;
        }
        if (json.keyIs("reasoning")) {
            boolean first = reasoning == null;
            reasoning = json.takeText();
            return first && reasoning != null;
        }
        return json.keyIs("role") || json.keyIs("tool_calls") ? json.skipValue() : json.takeNothing();
    }
}
