package runnel.upstream.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// What the demo model understands of a question: words in the last prompt.
///
/// @param text      the last thing that the user wrote
/// @param soFar     the beginning of the answer, where the model is to go on with it; else empty
/// @param maxTokens the cap on the answer
/// @param form      how the answer is to be written
/// @param size      the characters of the whole chat
record DemoPrompt(String model, String text, String soFar, long maxTokens, Form form, int size) {
    /// Files before what is said about them: their words are no wishes.
    private static final Pattern FILES = Pattern.compile("\\A(?:[^\\n]+:\\n(`{3,})\\n(?s:.*?)\\n\\1\\n\\n){1,20}");

    enum Form { WHOLE, EVENTS, EVENTS_AND_USAGE }

    static DemoPrompt of(JsonNode question) {
        String text = "";
        String soFar = "";
        int size = 0;
        for (JsonNode message : question.path("messages")) {
            String content = content(message.path("content"));
            size += content.length();
            soFar = message.path("role").asText().equals("assistant") ? content : "";
            if (message.path("role").asText().equals("user")) {
                text = FILES.matcher(content).replaceFirst("");
            }
        }
        long cap = question.path("max_tokens").asLong(question.path("max_completion_tokens").asLong(Long.MAX_VALUE));
        return new DemoPrompt(question.path("model").asText(DemoServer.MODEL), text, soFar, cap, form(question), size);
    }

    private static Form form(JsonNode question) {
        return !question.path("stream").asBoolean() ? Form.WHOLE
                : question.path("stream_options").path("include_usage").asBoolean() ? Form.EVENTS_AND_USAGE : Form.EVENTS;
    }

    /// Text, or parts of which some are text.
    private static String content(JsonNode content) {
        return content.isArray() ? content.valueStream().map(part -> part.path("text").asText()).collect(Collectors.joining("\n"))
                : content.asText();
    }

    boolean says(String words) {
        return Pattern.compile("(?iU)\\b(" + words + ")\\b").matcher(text).find();
    }

    boolean wantsReasoning() {
        return soFar.isEmpty() && (model.equals(DemoServer.REASONING_MODEL) || says("think|thinking|reason|reasoning"));
    }

    /// Whether it is to think once more in the middle of its answer.
    boolean wantsSecondThoughts() {
        return wantsReasoning() && says("again|twice");
    }

    /// Between two tokens.
    Duration pause() {
        if (says("fast")) {
            return Duration.ofMillis(2);
        }
        return says("slow") ? Duration.ofMillis(250) : Duration.ofMillis(20);
    }
}
