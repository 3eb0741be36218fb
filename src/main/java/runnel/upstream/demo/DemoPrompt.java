package runnel.upstream.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.regex.Pattern;

/// What the demo model understands of a question: words in the last prompt.
///
/// @param text      the last thing that the user wrote
/// @param soFar     the beginning of the answer, where the model is to go on with it; else empty
/// @param maxTokens the cap on the answer
/// @param usage     whether the usage is to be told
/// @param size      the characters of the whole chat
record DemoPrompt(String model, String text, String soFar, long maxTokens, boolean usage, int size) {
    static DemoPrompt of(JsonNode question) {
        String text = "";
        String soFar = "";
        int size = 0;
        for (JsonNode message : question.path("messages")) {
            String content = message.path("content").asText();
            size += content.length();
            soFar = message.path("role").asText().equals("assistant") ? content : "";
            if (message.path("role").asText().equals("user")) {
                text = content;
            }
        }
        long cap = question.path("max_tokens").asLong(question.path("max_completion_tokens").asLong(Long.MAX_VALUE));
        boolean usage = question.path("stream_options").path("include_usage").asBoolean();
        return new DemoPrompt(question.path("model").asText(DemoServer.MODEL), text, soFar, cap, usage, size);
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
