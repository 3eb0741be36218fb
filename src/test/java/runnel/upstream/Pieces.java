package runnel.upstream;

import java.util.ArrayList;
import java.util.List;

/// A sink that keeps what it gets.
final class Pieces implements Sink {
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

    synchronized String content() {
        return String.join("", content);
    }

    synchronized String reasoning() {
        return String.join("", reasoning);
    }

    synchronized List<String> pieces() {
        return List.copyOf(content);
    }
}
