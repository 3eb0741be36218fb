package runnel.cli;

import static runnel.cli.Finding.Area.MACHINE;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;

/// Is the machine fit for it?
final class MachineCheck {
    private static final int MIN_JAVA = 25;
    /// Besides one for each stream: the jar, the database, the model's connections.
    private static final int OTHER_FILES = 500;

    private MachineCheck() {}

    static List<Finding> of(DoctorInput doctorInput) {
        return List.of(java(Runtime.version()), files(openFiles(), doctorInput.settings().limits().streams()));
    }

    static Finding java(Runtime.Version version) {
        String name = "Java " + version.feature() + "." + version.interim() + "." + version.update();
        return version.feature() >= MIN_JAVA ? Finding.good(MACHINE, name + " by " + System.getProperty("java.vendor") + ".")
                : Finding.bad(MACHINE, name + " is too old.", "Get Java 25 or newer, from https://adoptium.net say.");
    }

    private static long openFiles() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                ? unix.getMaxFileDescriptorCount() : Long.MAX_VALUE;
    }

    static Finding files(long most, int streams) {
        if (most == Long.MAX_VALUE) {
            return Finding.good(MACHINE, "The system does not limit how many files are open.");
        }
        long needed = (long) streams + OTHER_FILES;
        return most >= needed ? Finding.good(MACHINE, "%,d files may be open at once, enough for %,d streams.".formatted(most, streams))
                : Finding.note(MACHINE,
                        "Only %,d files may be open at once, and every stream needs one: MAX_STREAMS=%d is more.".formatted(most, streams),
                        "In the systemd unit: LimitNOFILE=" + 2 * needed, "In a shell, before the start: ulimit -n " + 2 * needed,
                        "Or set MAX_STREAMS=" + Math.max(1, most - OTHER_FILES));
    }
}
