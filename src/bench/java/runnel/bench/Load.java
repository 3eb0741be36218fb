package runnel.bench;

/// How much is asked of a target.
///
/// @param script    what each stream says
/// @param streams   streams in all, which run at once
/// @param readers   readers of each stream
/// @param perSecond streams that are begun in a second
record Load(Script script, int streams, int readers, int perSecond) {
    private static final int MIN_PER_SECOND = 200;

    static Load of(Script script, int streams, int readers) {
        return new Load(script, streams, readers, Math.max(MIN_PER_SECOND, streams / 2));
    }

    int allReaders() {
        return streams * readers;
    }

    /// Seconds after which streams that have not ended count as failed.
    double timeout() {
        return 20 + 3 * ((double) streams / perSecond + script.seconds());
    }
}
