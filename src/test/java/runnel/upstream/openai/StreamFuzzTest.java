package runnel.upstream.openai;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.Buffer;
import okio.ForwardingSource;
import okio.Okio;
import runnel.upstream.Outcome;

/// What a model's server may send.
class StreamFuzzTest {
    private static final Request ASKED = new Request.Builder().url("http://127.0.0.1/").build();

    @FuzzTest(maxDuration = "10m")
    void a_stream_of_any_bytes_is_the_same_answer_or_failure_however_it_is_cut(byte[] bytes) {
        var heard = read(bytes, 8_192);
        assertEquals(heard, read(bytes, 1));
        assertEquals(heard, read(bytes, 7));
    }

    private record Heard(String reasoning, String content, Outcome outcome) {}

    private static Heard read(byte[] bytes, int atOnce) {
        var body = ResponseBody.create(Okio.buffer(new ForwardingSource(new Buffer().write(bytes)) {
            @Override
            public long read(Buffer sink, long most) throws IOException {
                return super.read(sink, Math.min(most, atOnce));
            }
        }), MediaType.get("text/event-stream"), -1);
        var pieces = new Pieces();
        var answer = new Answer(pieces, new Nobody(), Dialect.COMMON, false, false);
        new Exchange(new OkHttpClient().newCall(ASKED), Set.of()).read(
                new Response.Builder().request(ASKED).protocol(Protocol.HTTP_1_1).code(200).message("").body(body).build(), answer);
        return new Heard(pieces.reasoning(), pieces.content(), answer.outcome());
    }

    /// The end of a line on which there is nobody.
    private static final class Nobody implements AnswerListener {
        @Override
        public void heard() {}

        @Override
        public void said() {}

        @Override
        public void finishing(Duration most) {}

        @Override
        public boolean hasWaited() {
            return false;
        }

        @Override
        public void complained(ErrorBody errorBody) {}

        @Override
        public void failed(Throwable failure) {}
    }
}
