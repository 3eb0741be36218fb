package runnel.upstream.openai;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import runnel.chat.Role;
import runnel.chat.Turn;
import runnel.upstream.Outcome;
import runnel.upstream.Question;

/// A scripted server and a client of it.
public abstract class UpstreamTest {
    static final Question QUESTION = question("scripted");

    final ScriptedUpstream server = new ScriptedUpstream();
    OpenAiUpstream upstream;

    @BeforeEach
    void open() {
        upstream = new OpenAiUpstream(server.endpoint());
    }

    @AfterEach
    void closeBoth() {
        upstream.close();
        server.close();
    }

    final void allow(Duration timeout) {
        upstream.close();
        upstream = new OpenAiUpstream(server.endpoint(timeout));
    }

    final Answered ask(Scenario scenario) {
        server.next(scenario);
        return ask(QUESTION);
    }

    final Answered ask(Question question) {
        var pieces = new Pieces();
        Outcome outcome = upstream.prepare(question).stream(pieces);
        return new Answered(pieces.content(), pieces.reasoning(), outcome);
    }

    static Question question(String model) {
        return new Question(model, List.of(new Turn(Role.USER, "Hello")), Optional.empty(), Optional.empty());
    }

    public record Answered(String content, String reasoning, Outcome outcome) {
        public String code() {
            return outcome instanceof Outcome.Failed(var problem, var _) ? problem.code() : "no failure";
        }
    }
}
