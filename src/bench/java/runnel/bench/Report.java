package runnel.bench;

/// What the bench has found, for people and for programs.
sealed interface Report permits CostReport, GrowthReport {
    boolean allWell();

    String table();

    String json();
}
