package runnel.cli.terminal;

import com.fasterxml.jackson.databind.JsonNode;

/// A server's refusal, or that it cannot be reached, in words for people.
final class Failure extends RuntimeException {
    private final int status;

    private Failure(int status, String sentence) {
        super(sentence, null, false, false);
        this.status = status;
    }

    static Failure unreachable(String address, String why) {
        return new Failure(1, "The server at " + address + " cannot be reached: " + why + ".");
    }

    /// @param host whose certificate Java does not accept, which waiting does not change
    static Failure untrusted(String host) {
        return new Failure(1, "The certificate of " + host + " is not trusted: it is not signed by an authority that Java knows, or is for "
                + "another name or another time. RUNNEL_JAVA_OPTS=-Djavax.net.ssl.trustStore=FILE names other authorities.");
    }

    /// What answers is something else, such as the page of a network that wants a login.
    static Failure foreign() {
        return new Failure(1, "What answers there is not Runnel. Look at the address of the server, and whether a proxy answers for it.");
    }

    /// Something was asked for that there is not, or that is not understood.
    static Failure wrong(String sentence) {
        return new Failure(2, sentence);
    }

    static Failure refused(int status, JsonNode problem) {
        return switch (status) {
            case 401 -> wrong("The server wants to know who you are: make a token on its profile page, and give it in RUNNEL_TOKEN.");
            case 400, 404, 409, 413, 415, 422 -> wrong(sentence(status, problem));
            default -> new Failure(1, sentence(status, problem));
        };
    }

    private static String sentence(int status, JsonNode problem) {
        var sentence = new StringBuilder(problem.path("detail").asText("The server answered with the status " + status + "."));
        for (var error : problem.path("errors")) {
            sentence.append("\n  ").append(error.path("field").asText()).append(" ").append(error.path("message").asText());
        }
        if (problem.hasNonNull("reply")) {
            sentence.append("\n`runnel attach ").append(problem.get("reply").asText()).append("` reads the reply that runs.");
        }
        return sentence.toString();
    }

    /// The exit status.
    int status() {
        return status;
    }
}
