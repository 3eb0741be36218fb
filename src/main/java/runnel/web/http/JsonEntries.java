package runnel.web.http;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.util.JsonParserDelegate;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import runnel.chat.Refused;

/// The entries of an array in JSON, or the one value that is no array, each read by itself, so that only one is in memory.
public final class JsonEntries implements AutoCloseable {
    private static final long HEAP = Runtime.getRuntime().maxMemory();
    /// What one entry may take, as a share of the memory that there is.
    public static final long MAX_BYTES = Math.min(64L << 20, HEAP / 8);
    private static final long MAX_TOKENS = Math.min(4_000_000, HEAP / 512);

    private final Counting parser;
    private boolean array;
    private boolean begun;

    public JsonEntries(InputStream in) {
        try {
            this.parser = new Counting(Json.entryParser(in));
        } catch (IOException unreadable) {
            throw malformed(unreadable);
        }
    }

    /// Goes to the next entry.
    ///
    /// @throws Refused where what comes is not JSON
    public boolean next() {
        try {
            var token = parser.nextToken();
            if (!begun) {
                begun = true;
                array = token == JsonToken.START_ARRAY;
                token = array ? parser.nextToken() : token;
                if (token == null) {
                    throw malformed(null);
                }
            }
            boolean over = token == null || array && token == JsonToken.END_ARRAY;
            if (over && parser.nextToken() != null || !over && !array && parser.entries > 0) {
                throw malformed(null);
            }
            parser.begin();
            return !over;
        } catch (IOException broken) {
            throw malformed(broken);
        }
    }

    /// @return nothing where it is too large
    public Optional<JsonNode> read() {
        try {
            return Optional.of(Json.tree(parser));
        } catch (TooLarge tooLarge) {
            return skipped();
        } catch (IOException broken) {
            throw malformed(broken);
        }
    }

    private Optional<JsonNode> skipped() {
        try {
            parser.skip();
            return Optional.empty();
        } catch (IOException broken) {
            throw malformed(broken);
        }
    }

    private static Refused malformed(IOException why) {
        if (why instanceof StreamConstraintsException) {
            return new Refused("too-large", 413, "Too large",
                    "A text in it has more than %,d characters, or it is too deep.".formatted(Json.MAX_STRING));
        }
        return Refused.malformed("The body is not JSON.");
    }

    @Override
    public void close() {
        try {
            parser.close();
        } catch (IOException closed) {
            // nothing is written
        }
    }

    private static final class TooLarge extends IOException {}

    /// Breaks off where an entry is too large.
    private static final class Counting extends JsonParserDelegate {
        private int entries;
        private long tokens;
        private long from;
        private int depth;
        private int entryDepth;
        private boolean skipping;

        Counting(JsonParser parser) {
            super(parser);
        }

        void begin() {
            entries++;
            tokens = 0;
            from = currentTokenLocation().getByteOffset();
            entryDepth = hasToken(JsonToken.START_OBJECT) || hasToken(JsonToken.START_ARRAY) ? depth - 1 : depth;
        }

        @Override
        public JsonToken nextToken() throws IOException {
            var token = super.nextToken();
            depth += token == null ? 0 : token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
            if (!skipping && (++tokens > MAX_TOKENS || currentLocation().getByteOffset() - from > MAX_BYTES)) {
                throw new TooLarge();
            }
            return token;
        }

        void skip() throws IOException {
            skipping = true;
            while (depth > entryDepth && nextToken() != null) {
                // what belongs to it
            }
            skipping = false;
        }
    }
}
