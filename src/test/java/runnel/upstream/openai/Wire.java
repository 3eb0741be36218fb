package runnel.upstream.openai;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// The answering end of one request. A scenario writes with it; every method sends at once.
public final class Wire {
    private final Socket socket;
    private final Asked asked;
    private String lineEnd = "\n";
    private boolean byteByByte;
    private boolean open = true;

    Wire(Socket socket, Asked asked) {
        this.socket = socket;
        this.asked = asked;
    }

    public Asked asked() {
        return asked;
    }

    /// From now on each byte goes in a packet of its own.
    public Wire byteByByte() {
        byteByByte = true;
        return this;
    }

    /// What ends the lines of events from now on.
    public Wire lineEnd(String end) {
        lineEnd = end;
        return this;
    }

    /// Unframed bytes.
    public Wire raw(byte[] bytes) throws IOException {
        var out = socket.getOutputStream();
        if (byteByByte) {
            for (byte each : bytes) {
                out.write(each);
            }
        } else {
            out.write(bytes);
        }
        return this;
    }

    public Wire raw(String text) throws IOException {
        return raw(text.getBytes(StandardCharsets.UTF_8));
    }

    public Wire head(int status, String... headers) throws IOException {
        var head = new StringBuilder("HTTP/1.1 ").append(status).append(" Scripted\r\n");
        for (String header : headers) {
            head.append(header).append("\r\n");
        }
        return raw(head.append("\r\n").toString());
    }

    /// A whole answer with a body.
    public Wire answer(int status, String type, String body, String... headers) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        var all = new ArrayList<>(List.of(headers));
        all.add("Content-Type: " + type);
        all.add("Content-Length: " + bytes.length);
        return head(status, all.toArray(String[]::new)).raw(bytes);
    }

    public Wire json(int status, String body, String... headers) throws IOException {
        return answer(status, "application/json", body, headers);
    }

    /// The head of a stream of events.
    public Wire stream() throws IOException {
        return head(200, "Content-Type: text/event-stream; charset=utf-8", "Transfer-Encoding: chunked");
    }

    /// One HTTP chunk.
    public Wire chunk(byte[] bytes) throws IOException {
        var framed = new ByteArrayOutputStream();
        framed.writeBytes((Integer.toHexString(bytes.length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
        framed.writeBytes(bytes);
        framed.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
        return raw(framed.toByteArray());
    }

    public Wire chunk(String text) throws IOException {
        return chunk(text.getBytes(StandardCharsets.UTF_8));
    }

    /// One event with this `data`.
    public Wire event(String data) throws IOException {
        return chunk("data: " + data + lineEnd + lineEnd);
    }

    public Wire comment(String text) throws IOException {
        return chunk(": " + text + lineEnd + lineEnd);
    }

    public Wire delta(String content) throws IOException {
        return delta("content", content);
    }

    public Wire reasoning(String content) throws IOException {
        return delta("reasoning_content", content);
    }

    /// A chunk whose delta has this one field. A lone surrogate goes out as an escape, as JSON's writers do it.
    public Wire delta(String field, String text) throws IOException {
        return event(chunk("{\"" + field + "\":" + quoted(text) + "}", "null"));
    }

    public Wire finish(String reason) throws IOException {
        return event(chunk("{}", "\"" + reason + "\""));
    }

    public Wire usage(long prompt, long completion) throws IOException {
        ObjectNode usage = JsonNodeFactory.instance.objectNode()
                .put("prompt_tokens", prompt).put("completion_tokens", completion).put("total_tokens", prompt + completion);
        return event("{\"id\":\"c1\",\"object\":\"chat.completion.chunk\",\"choices\":[],\"usage\":" + usage + "}");
    }

    /// `[DONE]` and the end of the body; the connection stays open for the next request.
    public Wire done() throws IOException {
        return event("[DONE]").end();
    }

    public Wire end() throws IOException {
        return raw("0\r\n\r\n");
    }

    /// Closes the connection, as a crashed process does.
    public void cut() throws IOException {
        open = false;
        socket.close();
    }

    /// Ends the connection with RST.
    public void reset() throws IOException {
        socket.setSoLinger(true, 0);
        cut();
    }

    /// Says nothing more until the client goes.
    public void awaitHangUp() throws InterruptedException {
        asked.awaitHangUp(600);
    }

    boolean isOpen() {
        return open;
    }

    static String chunk(String delta, String finishReason) {
        return "{\"id\":\"c1\",\"object\":\"chat.completion.chunk\",\"created\":1764000000,\"model\":\"scripted\",\"choices\":"
                + "[{\"index\":0,\"delta\":" + delta + ",\"logprobs\":null,\"finish_reason\":" + finishReason + "}]}";
    }

    private static String quoted(String text) {
        var json = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean half = Character.isSurrogate(c) && text.codePointAt(i) == c
                    && !(i > 0 && Character.isSurrogatePair(text.charAt(i - 1), c));
            if (c < ' ' || c == '"' || c == '\\' || half) {
                json.append(String.format("\\u%04x", (int) c));
            } else {
                json.append(c);
            }
        }
        return json.append('"').toString();
    }
}
