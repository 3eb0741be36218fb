package runnel.cli;

import java.util.List;

/// What `--help` says about the JVM. A manifest cannot carry flags, so those who start the jar themselves find them here.
public final class JvmFlags {
    /// What the server runs with, apart from the cache of its classes.
    public static final List<String> SERVER = List.of("-XX:+UseSerialGC", "-XX:+UseCompactObjectHeaders", "-XX:TrimNativeHeapInterval=3000",
            "-Xms12m", "-Xmx512m", "-Xmn6m", "-XX:SurvivorRatio=3", "-XX:CompileThresholdScaling=3",
            "-XX:CompileCommand=quiet", "-XX:CompileCommand=exclude,jdk.internal.classfile.impl.StackMapGenerator::processBlock",
            "-Djdk.reflect.useNativeAccessorOnly=true",
            "-XX:+IgnoreUnrecognizedVMOptions", "-XX:+UnlockDiagnosticVMOptions", "-XX:-AOTReplayTraining");

    static final String[] HELP = {
        "",
        "JVM flags used by run.sh, to take over when you start the jar yourself:",
        "  java " + String.join(" ", SERVER),
        "       -XX:AOTCache=runnel.aot -Xlog:disable -jar runnel.jar",
        "The cache makes it start in half the time. It belongs to one jar and one JDK, and is made by",
        "  java -jar runnel.jar rehearse runnel.aot",
        "run.sh appends the flags in RUNNEL_JAVA_OPTS.",
        "",
        "A flag is stronger than the environment, which is stronger than a file .env in the working directory.",
        "Exit status: 0 good, 1 failed, 2 wrong flag or setting."};

    private JvmFlags() {}
}
