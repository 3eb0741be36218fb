package runnel.web.openai;

import io.javalin.http.Context;
import java.time.Duration;
import runnel.reply.Relays;
import runnel.upstream.Relay;
import runnel.upstream.Upstream;
import runnel.web.http.Authentication;
import runnel.web.http.HttpConnection;
import runnel.web.http.Json;

/// `POST /v1/chat/completions`: passed on to the model's server as it came, and the answer to the client as it comes.
///
/// @param heartbeat how often a stream says something
public record ChatCompletions(Authentication authentication, Relays relays, Upstream upstream, Duration heartbeat) {
    /// Pictures are a part of it.
    private static final int MAX_BYTES = 16 << 20;

    /// POST /v1/chat/completions
    public void relay(Context ctx) {
        if (!pass(ctx)) {
            new HttpConnection(ctx).breakOffOnceRead(); // when its permit is back
        }
    }

    private boolean pass(Context ctx) {
        var owner = authentication.of(ctx).id();
        try (var relay = Json.body(ctx, MAX_BYTES, json -> sent(owner, json)); var client = new RelayClient(ctx, relay, heartbeat)) {
            return client.pass();
        }
    }

    /// While it holds the room that the body was given, which it needs until it is sent.
    private Relay sent(String owner, byte[] json) {
        var request = RelayBody.read(json);
        if (!upstream.offers(request.model())) {
            throw OpenAiModels.unknown();
        }
        var relay = relays.begin(owner, request);
        try {
            relay.send();
            return relay;
        } catch (RuntimeException | Error fault) {
            relay.close();
            throw fault;
        }
    }
}
