package runnel.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;

/// One connection to the scripted model: reads a question, then streams the answer at the pace of its script. It takes
/// no tokens from a reader that is behind: they are stamped when they can be written.
final class Recital implements Comparable<Recital> {
    private static final byte[] HEAD = ("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream; charset=utf-8\r\n"
            + "Cache-Control: no-cache\r\nTransfer-Encoding: chunked\r\n\r\n").getBytes(US_ASCII);
    private static final byte[] AFTER = "\"},\"logprobs\":null,\"finish_reason\":null}]}".getBytes(US_ASCII);
    private static final byte[] DONE = "[DONE]".getBytes(US_ASCII);
    private static final byte[] LAST_CHUNK = "0\r\n\r\n".getBytes(US_ASCII);
    private static final int LEAD = 4_096;
    private static final Prose PROSE = new Prose(LEAD);

    private final SocketChannel channel;
    private final SelectionKey key;
    private HttpQuestion question = new HttpQuestion();
    private Script script;
    private byte[] before;
    private long began;
    private int said;
    private int lead;
    private ByteBuffer rest;

    Recital(SocketChannel channel, SelectionKey key) {
        this.channel = channel;
        this.key = key;
    }

    /// Takes bytes of the question. Whether it is whole now, and its answer waits to be recited.
    boolean take(byte[] bytes, int length) throws IOException {
        if (script != null || !question.take(bytes, length)) {
            return false;
        }
        var wanted = question.script();
        question = new HttpQuestion();
        if (wanted.isEmpty()) {
            write(ByteBuffer.wrap(HttpQuestion.MODELS));
            return false;
        }
        begin(wanted.get());
        return true;
    }

    private void begin(Script wanted) {
        script = wanted;
        before = ("{\"id\":\"chatcmpl-bench\",\"object\":\"chat.completion.chunk\",\"created\":1760000000,\"model\":\"" + wanted.model()
                + "\",\"system_fingerprint\":\"fp_bench\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"").getBytes(US_ASCII);
        began = System.nanoTime();
        said = -1;
        lead = wanted.lead();
    }

    long due() {
        return began + (said <= 0 ? 0 : script.nanosBefore(said));
    }

    boolean over() {
        return script == null;
    }

    boolean waiting() {
        return rest != null;
    }

    /// Writes what is due by now.
    void recite(Chunks out) throws IOException {
        out.clear();
        if (said < 0) {
            out.put(HEAD);
            said = 0;
        }
        while (lead > 0 && out.hasRoom()) {
            lead(out);
        }
        while (lead <= 0 && said < script.tokens() && due() <= System.nanoTime() && out.hasRoom()) {
            token(out);
        }
        if (said == script.tokens()) {
            finish(out);
        }
        write(out.buffer());
    }

    private void lead(Chunks out) {
        out.beginEvent();
        out.put(before);
        out.put(PROSE.piece(lead / LEAD));
        out.put(AFTER);
        out.endEvent();
        lead -= LEAD;
        if (lead <= 0) {
            began = System.nanoTime();
        }
    }

    private void token(Chunks out) {
        out.beginEvent();
        out.put(before);
        out.put(Stamp.OPEN);
        out.put(said++);
        out.put(Stamp.BETWEEN);
        out.put(Stamp.now());
        out.put(Stamp.CLOSE);
        out.put(AFTER);
        out.endEvent();
    }

    private void finish(Chunks out) {
        out.event(("{\"id\":\"chatcmpl-bench\",\"object\":\"chat.completion.chunk\",\"created\":1760000000,\"model\":\"" + script.model()
                + "\",\"choices\":[{\"index\":0,\"delta\":{},\"logprobs\":null,\"finish_reason\":\"stop\"}]}").getBytes(US_ASCII));
        out.event(DONE);
        out.put(LAST_CHUNK);
        script = null;
    }

    private void write(ByteBuffer bytes) throws IOException {
        channel.write(bytes);
        if (bytes.hasRemaining()) {
            rest = ByteBuffer.allocate(bytes.remaining()).put(bytes).flip();
            key.interestOps(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
        }
    }

    /// Writes more of what the connection did not take. Whether that is all of it.
    boolean flush() throws IOException {
        channel.write(rest);
        if (rest.hasRemaining()) {
            return false;
        }
        rest = null;
        key.interestOps(SelectionKey.OP_READ);
        return true;
    }

    void leave() {
        try {
            channel.close();
        } catch (IOException alreadyClosed) {
            key.cancel();
        }
    }

    @Override
    public int compareTo(Recital other) {
        return Long.signum(due() - other.due());
    }
}
