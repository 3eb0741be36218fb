package runnel.cli;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import runnel.settings.AddressRules;
import runnel.settings.Setting;
import runnel.settings.StartupFailure;

/// `doctor`: looks whether everything that Runnel needs is as it should be, and says what to do where it is not.
///
/// @param settings makes of the flags what there is to look at, or refuses them
public record Doctor(Function<Map<String, String>, DoctorInput> settings) {
    /// Besides one for each stream: the jar, the database, the model's connections.
    private static final int OTHER_FILES = 500;

    public Command command() {
        return new Command("doctor", this::spec);
    }

    private CommandSpec spec() {
        var own = OptionSpec.builder("--through").type(String.class).paramLabel("URL").order(1)
                .description("Also look whether a running Runnel comes through unharmed at this address, with its proxy in between.")
                .build();
        var json = OptionSpec.builder("--json").type(boolean.class).order(2).description("Print one JSON document.").build();
        var silent = OptionSpec.builder("--without-asking").type(boolean.class).order(3)
                .description("Do not ask the model anything. Else each of its servers is asked once, which costs a few tokens.").build();
        var command = Command.spec("Looks at machine, settings, data, model and proxy, and says what to do where something is wrong. "
                + "Ends with 1 where something does not work. Changes nothing.", this::run, Setting.Group.values());
        command.addArgGroup(ArgGroupSpec.builder().heading("%nDoctor%n").order(-1).exclusive(false).validate(false).multiplicity("0..1")
                .addArg(own).addArg(json).addArg(silent).build());
        command.usageMessage().sortOptions(false)
                .customSynopsis("runnel doctor [--through=URL] [--json] [--without-asking] [--flag=VALUE…]");
        return command;
    }

    private int run(Arguments given) {
        var site = given.text("--through").map(Doctor::site);
        boolean json = given.has("--json");
        boolean silent = given.has("--without-asking");
        var out = new PrintWriter(System.out, false);
        var report = new Report(out, json, StandardCharsets.UTF_8.equals(System.out.charset()));
        var subject = settings.apply(given.settings());
        if (!json) {
            out.println("Runnel " + subject.version() + ", looked at by its doctor." + (silent || subject.models().isEmpty() ? ""
                    : " Each model server is asked once, which costs a few tokens."));
        }
        report.add(List.of(files(openFiles(), subject.settings().limits().streams())));
        report.add(SettingsCheck.of(subject));
        report.add(DataCheck.of(subject));
        report.add(ModelCheck.of(subject, !silent));
        site.ifPresent(address -> report.add(ProxyCheck.of(subject, address)));
        return report.close(subject.version());
    }

    private static long openFiles() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                ? unix.getMaxFileDescriptorCount() : Long.MAX_VALUE;
    }

    static Finding files(long most, int streams) {
        if (most == Long.MAX_VALUE) {
            return Finding.good(Finding.Area.MACHINE, "The system does not limit how many files are open.");
        }
        long needed = (long) streams + OTHER_FILES;
        return most >= needed
                ? Finding.good(Finding.Area.MACHINE, "%,d files may be open at once, enough for %,d streams.".formatted(most, streams))
                : Finding.note(Finding.Area.MACHINE,
                        "Only %,d files may be open at once, and every stream needs one: MAX_STREAMS=%d is more.".formatted(most, streams),
                        "In the systemd unit: LimitNOFILE=" + 2 * needed, "In a shell, before the start: ulimit -n " + 2 * needed,
                        "Or set MAX_STREAMS=" + Math.max(1, most - OTHER_FILES));
    }

    private static URI site(String through) {
        return AddressRules.site().read().apply(through)
                .orElseThrow(() -> StartupFailure.wrong(List.of("--through must be " + AddressRules.site().allowed() + ".")));
    }
}
