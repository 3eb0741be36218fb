package runnel.web.stream;

/// The fast writer: straight to Jetty, on the thread that brings the news.
class SseWireTest extends SseTest {
    @Override
    boolean plain() {
        return false;
    }
}
