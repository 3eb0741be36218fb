package runnel.bench;

/// How far a run has come, or how it ended.
///
/// @param asked   streams asked for
/// @param begun   readers that have got a first token
/// @param ended   readers whose stream is over, well or badly
/// @param failed  those of them whose stream did not end as a whole one
/// @param open    readers that read now
/// @param tokens  stamped tokens that came, the doubled ones not counted
/// @param lost    tokens that did not come, or not in order
/// @param doubled tokens that came again
/// @param pieces  events of text, whether stamped or not
/// @param events  all events
/// @param textBytes bytes of the text in the stamped tokens
record Counts(int asked, int begun, int ended, int failed, int open, long tokens, long lost, long doubled, long pieces, long events,
        long textBytes) {
    static final Counts NONE = new Counts(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    boolean allWell() {
        return failed == 0 && lost == 0 && doubled == 0;
    }
}
