package runnel.web.openai;

/// An event of a reply as OpenAI's Responses API tells it.
///
/// @param number the `sequence_number`: see [ResponsePlace]
/// @param run    the run that it is about, which is an output item
/// @param from   where its text begins among the reply's bytes
/// @param to     where that ends
record ResponseEvent(Step step, long number, int run, int from, int to) {
    /// What is told: the middle six for each run, some without parts, and with any number of deltas. The ordinal tells apart what
    /// happens at one place of the log: a run ends where the next one begins.
    enum Step {
        NONE(0), CREATED(1), IN_PROGRESS(2), ITEM_ADDED(4), PART_ADDED(5), DELTA(0), TEXT_DONE(1), PART_DONE(2), ITEM_DONE(3), END(6);

        final int ordinal;

        Step(int ordinal) {
            this.ordinal = ordinal;
        }
    }
}
