package runnel.upstream.openai;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The words of real servers, as their users have reported them.
class ErrorBodyTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        // OpenAI, Azure, GitHub Copilot
        "MAX_TOKENS|{\"error\":{\"message\":\"Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.\",\"type\":\"invalid_request_error\",\"param\":\"max_tokens\",\"code\":\"unsupported_parameter\"}}",
        "MAX_TOKENS|{\"error\":{\"message\":\"Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.\",\"code\":\"invalid_request_body\"}}",
        "TEMPERATURE|{\"error\":{\"message\":\"Unsupported value: 'temperature' does not support 0.2 with this model. Only the default (1) value is supported.\",\"param\":\"temperature\",\"code\":\"unsupported_value\"}}",
        "STREAM_OPTIONS|{\"error\":{\"message\":\"Unknown parameter: 'stream_options'.\",\"param\":\"stream_options\",\"code\":\"unknown_parameter\"}}",
        "STREAM_OPTIONS|{\"error\":{\"code\":400,\"message\":\"Validation error at #/stream_options: Extra inputs are not permitted\"}}",
        "STREAM_OPTIONS|{\"detail\":\"Extra parameters ['stream_options'] are not allowed when extra-parameters is not set or set to be 'error'.\"}",
        // vLLM, FastAPI, Mistral, Fireworks
        "STREAM_OPTIONS|{\"object\":\"error\",\"message\":\"[{'type': 'extra_forbidden', 'loc': ('body', 'stream_options'), 'msg': 'Extra inputs are not permitted'}]\",\"code\":400}",
        "MAX_COMPLETION_TOKENS|{\"detail\":[{\"type\":\"extra_forbidden\",\"loc\":[\"body\",\"max_completion_tokens\"],\"msg\":\"Extra inputs are not permitted\",\"input\":9}]}",
        "STREAM_OPTIONS|{\"object\":\"error\",\"message\":{\"detail\":[{\"type\":\"extra_forbidden\",\"loc\":[\"body\",\"stream_options\"],\"msg\":\"Extra inputs are not permitted\"}]},\"type\":\"invalid_request_error\"}",
        "STREAM_OPTIONS|{\"error\":{\"object\":\"error\",\"type\":\"invalid_request_error\",\"message\":\"Extra inputs are not permitted, field: 'stream_options'\"}}",
        // Groq, Gemini, Anthropic, Moonshot
        "STREAM_OPTIONS|{\"error\":{\"message\":\"property 'stream_options' is unsupported\",\"type\":\"invalid_request_error\"}}",
        "MAX_COMPLETION_TOKENS|[{\"error\":{\"code\":400,\"message\":\"Invalid JSON payload received. Unknown name \\\"max_completion_tokens\\\": Cannot find field.\",\"status\":\"INVALID_ARGUMENT\"}}]",
        "TEMPERATURE|{\"error\":{\"type\":\"invalid_request_error\",\"message\":\"`temperature` is deprecated for this model.\"}}",
        "TEMPERATURE|{\"error\":{\"message\":\"invalid temperature: only 0.6 is allowed for this model\"}}",
        "TEMPERATURE|{\"error\":{\"message\":\"this model has beta-limitations, temperature, top_p and n are fixed at 1\"}}",
        "TEMPERATURE|{\"error\":{\"message\":\"temperature must be 1 for this model\",\"param\":\"temperature\"}}",
        "TEMPERATURE|{\"error\":{\"message\":\"`temperature` may only be set to 1 when thinking is enabled.\"}}",
        "STREAM_OPTIONS|{\"error\":{\"message\":\"Invalid parameter: stream_options\",\"code\":\"invalid_parameter\"}}",
        "TEMPERATURE|{\"error\":{\"message\":\"invalid temperature: only 1 is allowed for this model\",\"type\":\"invalid_request_error\"}}",
    })
    void a_parameter_that_a_server_does_not_take_is_found(ErrorBody.Parameter parameter, String body) {
        assertEquals(Optional.of(parameter), ErrorBody.read(body.replace("`", "")).unsupported());
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "{\"error\":{\"message\":\"temperature must be between 0 and 2\",\"param\":\"temperature\"}}",
        "{\"error\":{\"message\":\"max_tokens is too large: 99999. This model supports at most 4096 completion tokens\",\"param\":\"max_tokens\",\"code\":\"invalid_value\"}}",
        "{\"error\":{\"message\":\"The model `max` does not exist\",\"code\":\"model_not_found\"}}",
        "{\"error\":{\"message\":\"Unsupported parameter: 'logit_bias'\",\"param\":\"logit_bias\"}}",
        "{\"detail\":[{\"loc\":[\"body\",\"my_max_tokens_2\"],\"msg\":\"Extra inputs are not permitted\"}]}",
        "Bad Request", "", "null", "[]", "{\"error\":null}", "{\"error\":\"no\"}"})
    void everything_else_is_about_no_parameter(String body) {
        assertEquals(Optional.empty(), ErrorBody.read(body).unsupported());
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "{\"error\":{\"message\":\"This model's maximum context length is 8192 tokens. However, your messages resulted in 9001 tokens.\",\"code\":\"context_length_exceeded\"}}",
        "{\"object\":\"error\",\"message\":\"'max_tokens' or 'max_completion_tokens' is too large: 9. This model's maximum context length is 4096 tokens\",\"code\":400}",
        "{\"error\":{\"code\":400,\"message\":\"the request exceeds the available context size, try increasing it\",\"type\":\"exceed_context_size_error\"}}",
        "{\"error\":{\"message\":\"prompt is too long: 210000 tokens > 200000 maximum\"}}"})
    void a_chat_that_is_too_long_is_never_taken_for_a_refused_parameter(String body) {
        assertTrue(ErrorBody.read(body).isAbout(ErrorBody.Topic.TOO_LONG));
        assertEquals(Optional.empty(), ErrorBody.read(body).unsupported());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "4095|`inputs` must have less than 4095 tokens. Given: 5000", "8192|Your request exceeded model token limit: 8192", "200000|input length and `max_tokens` exceed context limit: 199000 + 4096 > 200000",
        "32768|too large for model with 32768 maximum context length", "131072|This model's maximum prompt length is 131072", "8192|Prompt length 9000 is greater than max_seq_len 8192", "30720|Range of input length should be [1, 30720]",
        "64000|prompt token count exceeds the limit of 64000", "4096|is longer than the maximum model length of 4096", "0|Prompt 超长", "0|ContextWindowExceededError", "0|Prompt exceeds max length", "0|Request too large: it exceeds the rate limit of 30,000 input tokens per minute", "8191|The prompt is too long, model maximum context length: 8191"})
    void how_much_fits_is_read_from_the_words_of_a_refusal(long tokens, String words) {
        var body = ErrorBody.read("{\"error\":{\"message\":\"" + words + "\"}}");
        assertTrue(body.isAbout(ErrorBody.Topic.TOO_LONG));
        assertEquals(tokens, body.contextTokens(1_000_000).orElse(0L));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"error\":{\"message\":\"You exceeded your current quota\",\"code\":\"insufficient_quota\"}}"})
    void a_used_up_account_is_not_a_passing_limit(String body) {
        assertTrue(ErrorBody.read(body).isAbout(ErrorBody.Topic.UNPAID));
        assertFalse(ErrorBody.read(body).isAbout(ErrorBody.Topic.LIMITED));
    }

    @Test
    void no_more_is_looked_at_of_a_complaint_than_of_a_refusal() {
        var huge = "model ".repeat(200_000);
        assertEquals(ErrorResponse.MAX, ErrorBody.read(huge).text().length());
        assertEquals(ErrorResponse.MAX, ErrorBody.read("{\"error\":{\"code\":\"" + huge + "\"}}").code().length());
    }
}
