package runnel.web;

/// The plain writer: Javalin's own client.
class SseClientWireTest extends SseTest {
    @Override
    boolean plain() {
        return true;
    }
}
