package runnel.web.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import runnel.chat.Refused;
import runnel.chat.Sha256;

/// Reads and writes JSON (RFC 8259) as trees, since the shapes of this server are few and a tree needs no warming up; only what
/// can be large is written without one.
public final class Json {
    private static final Logger LOG = LoggerFactory.getLogger(Json.class);
    private static final byte[] MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};
    private static final Pattern TYPE = Pattern.compile("(?i)application/json\\s*(;.*)?");
    private static final int MAX_DEPTH = 64;
    static final int MAX_STRING = 16 << 20;
    /// Of a body with a few words in it.
    private static final int MAX_SMALL = 20_000;
    private static final int MAX_DEPTH_OF_ENTRY = 5_000;

    /// Names, values and brackets, of which each may take thirty times the memory of its two bytes: far more than any object of
    /// the API has.
    private static final long MAX_TOKENS = 10_000;

    /// The same for a conversation that is sent as a whole.
    private static final long MAX_TOKENS_OF_LONG = 100_000;

    private static final ObjectMapper MAPPER = new ObjectMapper(factory(MAX_TOKENS, MAX_DEPTH));
    private static final ObjectMapper LONG = new ObjectMapper(factory(MAX_TOKENS_OF_LONG, MAX_DEPTH).rebuild()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build());
    private static final JsonFactory ENTRIES = factory(Long.MAX_VALUE, MAX_DEPTH_OF_ENTRY);

    /// With a recycler that is not thread-local, since every request has a thread of its own.
    private static JsonFactory factory(long maxTokens, int maxDepth) {
        return JsonFactory.builder().recyclerPool(JsonRecyclerPools.sharedConcurrentDequePool())
                .disable(JsonFactory.Feature.CHARSET_DETECTION) // JSON is UTF-8 (RFC 8259, 8.1)
                .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(maxDepth).maxStringLength(MAX_STRING)
                        .maxTokenCount(maxTokens).build()).build();
    }

    private Json() {}

    public static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    /// An object with one array, which can get more fields.
    public static <T> ObjectNode list(String name, List<T> values, Function<T, ? extends JsonNode> row) {
        var object = object();
        object.putArray(name).addAll(values.stream().map(row).toList());
        return object;
    }

    /// What [#write] wrote.
    public static JsonNode read(String written) {
        return parse(ENTRIES, written.getBytes(StandardCharsets.UTF_8));
    }

    /// The same for objects that say the same, whatever the order of their fields.
    public static String fingerprint(ObjectNode object) {
        var sorted = new TreeMap<String, Object>();
        object.forEachEntry(sorted::put);
        return Sha256.hex(sorted.toString());
    }

    public static String write(JsonNode node) {
        return node.toString();
    }

    /// A node as one line of JSON in UTF-8.
    public static byte[] bytes(JsonNode node) {
        try {
            return MAPPER.writeValueAsBytes(node);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    public static void answer(Context ctx, JsonNode node) {
        ctx.contentType("application/json").result(bytes(node));
    }

    /// Writes one JSON value.
    public interface Writing {
        void to(JsonGenerator out) throws IOException;
    }

    /// Answers with what may be too much for memory: it is sent while it is written.
    public static void answer(Context ctx, Writing value) {
        answer(ctx, "application/json", stream -> write(stream, value));
    }

    /// Writes what may be too much for memory into a stream, which stays open.
    public static void write(OutputStream stream, Writing value) throws IOException {
        var out = MAPPER.createGenerator(stream).disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
        value.to(out);
        out.close(); // only now, since it closes what is open in the value
    }

    /// Writes bytes.
    public interface Bytes {
        void to(OutputStream out) throws IOException;
    }

    /// The same for another format.
    public static void answer(Context ctx, String type, Bytes value) {
        ctx.contentType(type);
        try {
            value.to(ctx.outputStream());
        } catch (IOException gone) {
            LOG.debug("A reader left in the middle of an answer.", gone);
        } catch (RuntimeException fault) {
            if (ctx.res().isCommitted()) {
                new HttpConnection(ctx).cut(); // so that nobody takes the half for the whole
            }
            throw fault;
        }
    }

    /// The JSON object in a request's body, of a few words.
    public static ObjectNode read(Context ctx) {
        return read(ctx, MAX_SMALL);
    }

    /// The JSON object in a request's body.
    ///
    /// @throws Refused where it is too large, of another type, or not one JSON object
    public static ObjectNode read(Context ctx, int maxBytes) {
        return read(ctx, maxBytes, MAPPER);
    }

    /// The same where it may have many parts, and none twice.
    public static ObjectNode readLong(Context ctx, int maxBytes) {
        return read(ctx, maxBytes, LONG);
    }

    private static ObjectNode read(Context ctx, int maxBytes, ObjectMapper mapper) {
        if (body(ctx, maxBytes, bytes -> parse(mapper.getFactory(), bytes)) instanceof ObjectNode object) {
            return object;
        }
        throw Refused.malformed("The body is not a JSON object.");
    }

    /// What `use` makes of a request's body that is said to be JSON, without a byte order mark, which some programs send.
    ///
    /// @throws Refused where it is too large, or of another type
    public static <T> T body(Context ctx, int maxBytes, Function<byte[], T> use) {
        checkType(ctx);
        return Body.read(ctx, maxBytes, bytes -> use.apply(withoutMark(bytes)));
    }

    private static byte[] withoutMark(byte[] bytes) {
        boolean marked = bytes.length >= MARK.length && Arrays.equals(bytes, 0, MARK.length, MARK, 0, MARK.length);
        return marked ? Arrays.copyOfRange(bytes, MARK.length, bytes.length) : bytes;
    }

    /// @throws Refused where a request's body is not said to be JSON
    public static void checkType(Context ctx) {
        if (!TYPE.matcher(Optional.ofNullable(ctx.header("Content-Type")).orElse("")).matches()) {
            throw new Refused("unsupported-type", 415, "Unsupported type", "Send the body as application/json.");
        }
    }

    /// The one JSON value that these bytes are.
    ///
    /// @throws Refused where they are not, or it is too deep, has too many parts, or numbers or names that are too long
    public static JsonNode parse(byte[] bytes) {
        return parse(MAPPER.getFactory(), bytes);
    }

    /// Reads what may be long and deep, entry by entry.
    static JsonParser entryParser(InputStream in) throws IOException {
        var first = in.readNBytes(MARK.length);
        return ENTRIES.createParser(new SequenceInputStream(new ByteArrayInputStream(withoutMark(first)), in));
    }

    static JsonNode tree(JsonParser parser) throws IOException {
        return MAPPER.readTree(parser);
    }

    private static JsonNode parse(JsonFactory factory, byte[] bytes) {
        try (var parser = factory.createParser(bytes)) {
            JsonNode node = MAPPER.readTree(parser);
            if (node != null && parser.nextToken() == null) {
                return node;
            }
        } catch (IOException malformed) { // what the parser says of it is the library's text
            // answered below
        }
        throw Refused.malformed("The body is not one JSON value, or it is too deep, has too many parts or a name twice.");
    }
}
