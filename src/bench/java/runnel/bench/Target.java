package runnel.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.InetSocketAddress;

/// What is measured, by how it is asked for a stream.
sealed interface Target {
    InetSocketAddress address();

    /// The request that starts a stream.
    byte[] ask(String model, int number);

    /// Whether the answer to [#ask] only says where the stream is to be read.
    boolean inTwoSteps();

    /// The request that reads what the answer to [#ask] has started.
    byte[] read(HttpAnswer started);

    /// The text with which a good stream ends.
    String ending();

    /// The scripted model itself, or a proxy that only passes it on.
    record Model(InetSocketAddress address) implements Target {
        @Override
        public byte[] ask(String model, int number) {
            return post(this, "/v1/chat/completions", "Accept: text/event-stream\r\n", "{\"model\":\"" + model
                    + "\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"Number " + number + "\"}]}");
        }

        @Override
        public boolean inTwoSteps() {
            return false;
        }

        @Override
        public byte[] read(HttpAnswer started) {
            throw new UnsupportedOperationException();
        }

        @Override
        public String ending() {
            return "[DONE]";
        }
    }

    /// A Runnel server.
    ///
    /// @param token a personal token, or empty where the server asks for none
    record Runnel(InetSocketAddress address, String token) implements Target {
        @Override
        public byte[] ask(String model, int number) {
            return post(this, "/api/chat", "Accept: application/json\r\n" + bearer(),
                    "{\"model\":\"" + model + "\",\"prompt\":\"Number " + number + "\"}");
        }

        @Override
        public boolean inTwoSteps() {
            return true;
        }

        @Override
        public byte[] read(HttpAnswer started) {
            var path = started.header("location").orElse("/");
            return ("GET " + path + " HTTP/1.1\r\nHost: " + host(this) + "\r\nAccept: text/event-stream\r\n" + bearer()
                    + "\r\n").getBytes(UTF_8);
        }

        private String bearer() {
            return token.isEmpty() ? "" : "Authorization: Bearer " + token + "\r\n";
        }

        @Override
        public String ending() {
            return "\"status\":\"complete\"";
        }
    }

    private static String host(Target target) {
        return target.address().getHostString() + ":" + target.address().getPort();
    }

    private static byte[] post(Target target, String path, String headers, String body) {
        return ("POST " + path + " HTTP/1.1\r\nHost: " + host(target) + "\r\nContent-Type: application/json\r\nContent-Length: "
                + body.getBytes(UTF_8).length + "\r\n" + headers + "\r\n" + body).getBytes(UTF_8);
    }
}
