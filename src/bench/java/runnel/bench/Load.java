package runnel.bench;

import java.util.Optional;

/// How much is asked of a target.
///
/// @param script    what each stream says
/// @param other     a model that is asked instead and says what it likes
/// @param streams   streams in all, which run at once
/// @param readers   readers of each stream
/// @param perSecond streams that are begun in a second
record Load(Script script, Optional<String> other, int streams, int readers, int perSecond) {
    private static final int MIN_PER_SECOND = 200;
    private static final double PATIENCE = 3;
    private static final double MIN_PATIENCE = 20;

    static Load of(Script script, int streams, int readers) {
        return new Load(script, Optional.empty(), streams, readers, Math.max(MIN_PER_SECOND, streams / 2));
    }

    Load asking(Optional<String> model) {
        return new Load(script, model, streams, readers, perSecond);
    }

    String model() {
        return other.orElseGet(script::model);
    }

    /// How many tokens each reader must get; fewer than none where nobody knows.
    int expected() {
        return other.isPresent() ? -1 : script.tokens();
    }

    int allReaders() {
        return streams * readers;
    }

    double seconds() {
        return (double) streams / perSecond + script.seconds();
    }

    /// After these seconds, streams that have not ended count as failed.
    double patience() {
        return MIN_PATIENCE + PATIENCE * seconds();
    }
}
