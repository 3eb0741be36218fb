package runnel.web.openai;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import runnel.chat.Refused;
import runnel.upstream.RelayRequest;
import runnel.web.http.OpenAiError;

/// Looks through a body that is passed on as it came. What its fields hold is the model server's business, but for the model's name;
/// refused is what two programs may read in two ways, or what would cost one of them more than it costs to send.
record RelayBody(byte[] json) {
    private static final int MAX_DEPTH = 100;
    private static final int MAX_NAME = 200;
    private static final long MAX_TOKENS = 200_000;
    private static final int PIECE = 4 << 10;

    private static final JsonFactory FACTORY = JsonFactory.builder().recyclerPool(JsonRecyclerPools.sharedConcurrentDequePool())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).maxTokenCount(MAX_TOKENS).build()).build();

    /// @throws Refused where it is not one JSON object in UTF-8 that names a model
    static RelayRequest read(byte[] json) {
        return new RelayBody(json).read();
    }

    private RelayRequest read() {
        requireUtf8();
        try (var parser = FACTORY.createParser(json)) {
            return read(parser);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private RelayRequest read(JsonParser parser) {
        try {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw malformed("", "The body is not a JSON object.");
            }
            var request = fields(parser);
            if (parser.nextToken() != null) {
                throw malformed("", "Something follows the JSON object.");
            }
            return request;
        } catch (IOException broken) { // what the parser says of it is the library's text
            throw malformed(outermost(parser), "The body is not one JSON object, or it is too deep or too large, or has a name twice.");
        }
    }

    /// The field of the whole object in which the parser is.
    private static String outermost(JsonParser parser) {
        var name = "";
        for (var context = parser.getParsingContext(); context != null; context = context.getParent()) {
            name = context.getCurrentName() == null ? name : context.getCurrentName();
        }
        return name;
    }

    private RelayRequest fields(JsonParser parser) throws IOException {
        var request = new RelayRequest("", json, 0, 0);
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            var field = parser.currentName();
            var value = parser.nextToken();
            if (!field.equals("model")) {
                skip(parser, value);
            } else if (value == JsonToken.VALUE_STRING) {
                int from = (int) parser.currentTokenLocation().getByteOffset();
                var model = parser.getText();
                request = new RelayRequest(model, json, from, (int) parser.currentLocation().getByteOffset());
            } else {
                throw OpenAiError.invalid(field, "model must be a string.");
            }
        }
        if (request.model().isBlank() || request.model().length() > MAX_NAME) {
            throw OpenAiError.invalid("model", request.to() == 0 ? "model is missing." : "model must have 1 to 200 characters.");
        }
        return request;
    }

    /// Also looks at each number, which a tokenizer only skips.
    private static void skip(JsonParser parser, JsonToken first) throws IOException {
        int depth = 0;
        for (var token = first; token != null; token = parser.nextToken()) {
            depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
            if (token.isNumeric() && !Double.isFinite(parser.getDoubleValue())) {
                throw new IOException("a number that nobody can hold");
            }
            if (depth == 0) {
                return;
            }
        }
    }

    /// JSON has no byte that is 0, by which a parser would know UTF-16 and UTF-32.
    private void requireUtf8() {
        var decoder = StandardCharsets.UTF_8.newDecoder();
        var in = ByteBuffer.wrap(json);
        var out = CharBuffer.allocate(PIECE);
        while (true) {
            var result = decoder.decode(in, out.clear(), true);
            if (result.isError() || out.flip().chars().anyMatch(character -> character == 0)) {
                throw malformed("", "The body is not UTF-8.");
            }
            if (result.isUnderflow()) {
                return;
            }
        }
    }

    private static Refused malformed(String param, String message) {
        return OpenAiError.of(400, "malformed", param, message);
    }
}
