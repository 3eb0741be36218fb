package runnel;

/// Where the jar is entered. Compiled for Java 8, so that an older Java than the rest of the jar needs can say so.
public final class Launcher {
    private static final int NEEDED = 25;

    private Launcher() {}

    public static void main(String[] args) throws Exception {
        int version = Integer.parseInt(System.getProperty("java.specification.version").replaceFirst("^1\\.", ""));
        if (version < NEEDED) {
            System.err.println("Runnel needs Java " + NEEDED + " or newer, and this is Java " + version
                    + ": get one from https://adoptium.net, or start Runnel by its run.sh, which finds or fetches one.");
            System.exit(1);
        }
        Class.forName("runnel.Main").getMethod("main", String[].class).invoke(null, (Object) args);
    }
}
