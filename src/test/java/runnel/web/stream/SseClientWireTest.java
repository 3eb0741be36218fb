package runnel.web.stream;

/// The plain writer: Javalin's own client.
class SseClientWireTest extends SseTest {
    @Override
    boolean plain() {
        return true;
    }
}
