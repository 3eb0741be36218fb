package runnel.web.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import runnel.Client;
import runnel.RawHttp;
import runnel.web.WebTest;

/// The content security policy of every class of answer, as Google's CSP Evaluator sees it.
class PolicyTest extends WebTest {
    private static final String NODE = Optional.ofNullable(System.getenv("RUNNEL_NODE")).orElse("node");
    private static final Pattern POLICY = Pattern.compile("(?i)\r\ncontent-security-policy: ([^\r]*)");
    private static final Set<String> GRAVE = Set.of("HIGH", "HIGH_MAYBE", "MEDIUM", "SYNTAX");

    private static JsonNode evaluated(List<String> policies) throws IOException {
        var process = new ProcessBuilder(NODE, "src/test/js/support/evaluate-policies.mjs").redirectError(ProcessBuilder.Redirect.INHERIT).start();
        try (var in = process.outputWriter(); var out = process.inputReader()) {
            in.write(new ObjectMapper().writeValueAsString(policies));
            in.close();
            return Client.json(out.readAllAsString());
        }
    }

    private static List<String> grave(JsonNode findings) {
        var grave = new ArrayList<String>();
        findings.forEach(finding -> {
            if (GRAVE.contains(finding.get("severity").asText())) {
                grave.add(finding.toString());
            }
        });
        return grave;
    }

    private Map<String, String> policies() {
        var sent = client.ask("hello", "text:2");
        client.whole(sent);
        var policies = new LinkedHashMap<String, String>();
        for (var path : List.of("/", "/login", "/inspect", "/api/docs", client.script(), "/favicon.svg", "/api/chats", "/api/openapi.json", "/metrics",
                "/health", "/nothing", "/api/chats/" + NOWHERE, "/api/chats/" + sent.chat() + "/export?format=md", sent.sse(), "/api/poll/" + sent.reply())) {
            var answer = client.send("GET", path, null, BodyHandlers.discarding());
            policies.put(answer.statusCode() + " " + path, answer.headers().firstValue("Content-Security-Policy").orElse(""));
        }
        for (var request : List.of("GET / HTTP/1.1\r\nHost: evil.example", "GET / HTTP/1.1\r\nbad header", "GET / HTTP/7.0\r\nHost: localhost")) {
            var matcher = POLICY.matcher(RawHttp.sendBytes(server.port(), request + "\r\nConnection: close\r\n\r\n"));
            policies.put(request, matcher.find() ? matcher.group(1) : "");
        }
        return policies;
    }

    @Test
    void nothing_grave_is_found_in_any() throws IOException {
        var policies = policies();
        var findings = evaluated(List.copyOf(policies.values()));
        int i = 0;
        for (var answer : policies.keySet()) {
            assertEquals(List.of(), grave(findings.get(i++)), answer);
        }
    }

    @Test
    void something_grave_would_be_found() throws IOException {
        var findings = evaluated(List.of("", "default-src 'none'; script-src 'self' 'unsafe-inline'; base-uri 'none'", "script-src *; object-src 'none'",
                "default-src 'none'; script-src https: 'unsafe-eval'"));
        findings.forEach(policy -> assertTrue(!grave(policy).isEmpty(), policy::toString));
        assertEquals(4, findings.size());
    }
}
