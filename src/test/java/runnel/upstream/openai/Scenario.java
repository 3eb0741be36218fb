package runnel.upstream.openai;

/// What the scripted upstream does with one request. [Scenarios] has the named ones; a test may write its own.
@FunctionalInterface
public interface Scenario {
    void play(Wire wire) throws Exception;

    default Scenario then(Scenario next) {
        return wire -> {
            play(wire);
            next.play(wire);
        };
    }
}
