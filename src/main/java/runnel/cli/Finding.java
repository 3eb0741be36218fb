package runnel.cli;

import java.util.List;

/// One thing that [Doctor] found, in a sentence.
///
/// @param area   what it belongs to
/// @param remedy what to do about it, line by line; empty where all is well
record Finding(Area area, Level level, String sentence, List<String> remedy) {
    enum Area {
        MACHINE("This machine"), SETTINGS("Settings"), DATA("Data"), MODEL("Model"), PROXY("The way through");

        final String title;

        Area(String title) {
            this.title = title;
        }
    }

    /// `GOOD` is as it should be, `NOTE` works but could be better, `BAD` does not work.
    enum Level { GOOD, NOTE, BAD }

    static Finding good(Area area, String sentence) {
        return new Finding(area, Level.GOOD, sentence, List.of());
    }

    static Finding note(Area area, String sentence, String... remedy) {
        return new Finding(area, Level.NOTE, sentence, List.of(remedy));
    }

    static Finding bad(Area area, String sentence, String... remedy) {
        return new Finding(area, Level.BAD, sentence, List.of(remedy));
    }
}
