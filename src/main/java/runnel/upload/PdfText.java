package runnel.upload;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import runnel.chat.Refused;

/// The text of a PDF, as PDFBox finds it. A file from outside can make it take any time and memory, so that it works in a process of its
/// own, which has little of both: see [PdfProcess].
final class PdfText {
    /// How much of a processor it may take, and how long on a machine that has other things to do.
    private static final Duration MAX_CPU = Duration.ofSeconds(20);
    static final int MAX_WAIT_SECONDS = 90;
    private static final int LOOK_MILLIS = 100;
    private static final int HEADER = 1_024;
    private static final Set<String> LOCALE = Set.of("LANG", "LC_ALL", "LC_CTYPE");
    private static final List<String> BOUNDS = List.of("-Xmx160m", "-Xss512k", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1",
            "-XX:+ExitOnOutOfMemoryError", "-XX:-UsePerfData", "-Xshare:auto", "-Djava.awt.headless=true",
            "-Dorg.apache.commons.logging.Log=org.apache.commons.logging.impl.NoOpLog");
    /// How many processes there may be at once.
    private static final Semaphore PROCESSES = new Semaphore(2, true);

    private PdfText() {}

    /// Some programs leave something blank before the signature.
    static boolean isPdf(Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            return new String(in.readNBytes(HEADER), StandardCharsets.ISO_8859_1).replaceFirst("^(\u00ef\u00bb\u00bf)?\\s+", "")
                    .startsWith("%PDF-");
        }
    }

    /// Writes the text of `file` into `text`.
    ///
    /// @throws Refused where there is none to be had, says why
    static void read(Path file, Path text) throws IOException {
        read(file, text, MAX_CPU);
    }

    /// @param limit how much of a processor it may take
    static void read(Path file, Path text, Duration limit) throws IOException {
        boolean taken = false;
        try {
            taken = PROCESSES.tryAcquire(MAX_WAIT_SECONDS, TimeUnit.SECONDS);
            if (!taken) {
                throw new Refused("busy", 503, "Busy", "Other PDF files are being read. Try again in a moment.");
            }
            check(run(file, text, limit), limit);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException(stopped);
        } finally {
            if (taken) {
                PROCESSES.release();
            }
        }
    }

    private static int run(Path file, Path text, Duration limit) throws IOException, InterruptedException {
        var room = Files.createTempDirectory(file.getParent(), file.getFileName().toString());
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(BOUNDS);
        command.addAll(List.of("-Djava.io.tmpdir=" + room.toAbsolutePath(), "-cp", System.getProperty("java.class.path"),
                PdfProcess.class.getName(), file.toAbsolutePath().toString(), text.toAbsolutePath().toString()));
        var builder = new ProcessBuilder(command).redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().keySet().retainAll(LOCALE); // it need not know the keys
        try {
            return run(builder.start(), limit);
        } finally {
            try (var left = Files.list(room)) {
                left.forEach(each -> each.toFile().delete());
            }
            Files.delete(room);
        }
    }

    private static int run(Process process, Duration limit) throws IOException, InterruptedException {
        try {
            process.getOutputStream().close();
            for (int waited = 0; waited < MAX_WAIT_SECONDS * 1_000 / LOOK_MILLIS; waited++) {
                if (process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                    return process.exitValue();
                }
                if (process.info().totalCpuDuration().filter(taken -> taken.compareTo(limit) > 0).isPresent()) {
                    return PdfProcess.TOO_SLOW;
                }
            }
            return PdfProcess.TOO_SLOW;
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    private static void check(int status, Duration limit) throws IOException {
        switch (status) {
            case 0 -> {}
            case PdfProcess.NO_ROOM -> throw new IOException("there is no room for the text of a PDF");
            case PdfProcess.LOCKED -> throw Content.unsupported("This PDF is locked by a password.");
            case PdfProcess.TOO_MANY_PAGES -> throw Content.tooLarge(
                    "The PDF has more than %,d pages. Send those that matter.".formatted(PdfProcess.MAX_PAGES));
            case PdfProcess.TOO_MUCH_TEXT -> throw Content.tooMuchText();
            case PdfProcess.NO_TEXT -> throw Content.unsupported("This PDF has no text in it, only pictures.");
            case PdfProcess.TOO_SLOW -> throw Content.tooLarge(
                    "To read this PDF takes longer than %d seconds.".formatted(limit.toSeconds()));
            default -> throw Content.unsupported("This PDF is damaged, or needs too much memory.");
        }
    }
}
