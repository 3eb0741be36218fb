package runnel;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;

/// Somebody with a browser: keeps cookies, and says where requests come from.
public final class Person {
    public static final String PASSWORD = Canaries.PASSWORD;

    private final Server server;
    private final Client client;
    private final String email;
    private String cookie = "";

    private Person(Server server, String email) {
        this.server = server;
        this.client = server.client();
        this.email = email;
    }

    /// Somebody who is not logged in.
    public static Person at(Server server, String email) {
        return new Person(server, email);
    }

    /// Somebody who has just made an account.
    public static Person registered(Server server, String email) {
        var person = new Person(server, email);
        var answer = person.register();
        if (answer.statusCode() != 201) {
            throw new AssertionError(answer.statusCode() + " " + answer.body());
        }
        return person;
    }

    public HttpResponse<String> register() {
        return send("POST", "/api/register", Client.object().put("name", "Somebody").put("email", email).put("password", PASSWORD));
    }

    public HttpResponse<String> login(String password) {
        return send("POST", "/api/login", Client.object().put("email", email).put("password", password));
    }

    public HttpResponse<String> get(String path) {
        return send("GET", path, null);
    }

    public HttpResponse<String> send(String method, String path, JsonNode body) {
        var answer = client.send(method, path, body == null ? null : body.toString(), headers(body != null));
        answer.headers().firstValue("Set-Cookie").ifPresent(set -> cookie = set.substring(0, set.indexOf(';')));
        return answer;
    }

    private String[] headers(boolean json) {
        var headers = new ArrayList<>(List.of("Origin", server.url("").toString(), "Sec-Fetch-Site", "same-origin"));
        if (json) {
            headers.addAll(List.of("Content-Type", "application/json"));
        }
        if (!cookie.isEmpty()) {
            headers.addAll(List.of("Cookie", cookie));
        }
        return headers.toArray(String[]::new);
    }

    public Client.Sent ask(String prompt, String model) {
        return Client.sent(send("POST", "/api/chat", Client.object().put("prompt", prompt).put("model", model)));
    }

    public SseReader read(Client.Sent sent) {
        return read(sent.sse());
    }

    public SseReader read(String path) {
        return client.read(path, headers(false));
    }

    /// A personal token of this person.
    public String token() {
        return token(send("POST", "/api/me/tokens", Client.object().put("name", "script")));
    }

    public static String token(HttpResponse<String> made) {
        return Client.json(made).get("token").asText();
    }

    public JsonNode me() {
        return Client.json(get("/api/me"));
    }

    /// Name and value of the session's cookie.
    public String cookie() {
        return cookie;
    }

    public Person holding(String cookie) {
        this.cookie = cookie;
        return this;
    }

    public String email() {
        return email;
    }

    public Client client() {
        return client;
    }
}
