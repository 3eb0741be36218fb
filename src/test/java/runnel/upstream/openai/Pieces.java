package runnel.upstream.openai;

import java.util.ArrayList;
import java.util.List;
import runnel.upstream.Sink;

/// A sink that keeps what it gets.
public final class Pieces implements Sink {
    private final List<String> content = new ArrayList<>();
    private final List<String> reasoning = new ArrayList<>();

    @Override
    public synchronized void reasoning(String piece) {
        reasoning.add(piece);
    }

    @Override
    public synchronized void content(String piece) {
        content.add(piece);
    }

    public synchronized String content() {
        return String.join("", content);
    }

    public synchronized String reasoning() {
        return String.join("", reasoning);
    }

    synchronized List<String> pieces() {
        return List.copyOf(content);
    }
}
