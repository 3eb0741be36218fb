package runnel.web;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// JSON is UTF-8 (RFC 8259, 8.1), for every address that takes it.
class JsonEncodingTest extends WebTest {
    private int send(String path, byte[] body, String... headers) throws IOException, InterruptedException {
        try (var http = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(server.url(path)).header("Content-Type", "application/json").POST(BodyPublishers.ofByteArray(body));
            if (headers.length > 0) {
                request.headers(headers);
            }
            return http.send(request.build(), BodyHandlers.discarding()).statusCode();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"/api/chat | 201 | {'prompt':'x','model':'text:1'}", "/api/presets | 201 | {'name':'x'}",
        "/v1/responses | 200 | {'model':'text:1','input':'x'}", "/v1/chat/completions | 200 | {'model':'text:1','messages':[{'role':'user','content':'x'}],'stream':true}",
        "/api/import | 201 | {'format':'runnel/1','title':'t','messages':[{'id':'a','parent':null,'role':'user','content':'hi'}]}"})
    void a_byte_order_mark_is_passed_over_and_another_encoding_or_a_packed_body_is_refused(String path, int status, String quoted) throws Exception {
        var json = quoted.replace('\'', '"');
        assertEquals(status, send(path, ("\ufeff" + json).getBytes(StandardCharsets.UTF_8)));
        for (var charset : new String[] {"UTF-16", "UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE", "X-UTF-32BE-BOM"}) {
            assertEquals(400, send(path, json.getBytes(Charset.forName(charset))), charset);
        }
        assertEquals(415, send(path, json.getBytes(StandardCharsets.UTF_8), "Content-Encoding", "gzip"));
    }

    @Test
    void a_second_mark_is_no_json() throws Exception {
        assertEquals(400, send("/v1/responses", "\ufeff\ufeff{\"model\":\"text:1\",\"input\":\"x\"}".getBytes(StandardCharsets.UTF_8)));
    }
}
