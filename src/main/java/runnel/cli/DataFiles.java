package runnel.cli;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import picocli.CommandLine.Model.OptionSpec;
import runnel.account.Email;
import runnel.account.User;
import runnel.chat.Refused;
import runnel.settings.Auth;
import runnel.settings.Setting;
import runnel.settings.Settings;
import runnel.settings.StartupFailure;
import runnel.store.Database;
import runnel.store.SqliteDatabase;
import runnel.store.StoreException;
import runnel.store.account.Accounts;
import runnel.store.chat.Presets;
import runnel.store.folder.Backup;
import runnel.store.folder.DataFolder;
import runnel.store.folder.Restore;
import runnel.store.transfer.Imports;
import runnel.web.http.Json;
import runnel.web.transfer.ChatArchive;
import runnel.web.transfer.ImportedFile;

/// `backup`, `restore`, `export` and `import`: what goes between the data folder and one file. All but `restore` work while a server
/// runs.
///
/// @param settings makes settings of the flags, or refuses them
public record DataFiles(Function<Map<String, String>, Settings> settings) {
    private static final OptionSpec OVERWRITE = Command.flag("Replace the file where it is there already.", "--overwrite");
    private static final OptionSpec USER = Command.text("EMAIL", "Whose chats, where people have accounts.", "--user");

    private interface FileWork {
        String with(Settings settings, Path file, Arguments given) throws IOException;
    }

    public List<Command> all() {
        return List.of(
                command("backup", "Writes all data into one file, also while the server runs.", "The file to write.",
                        List.of(OVERWRITE), DataFiles::backup),
                command("restore", "Puts a backup into the place of the data, which is kept in a folder. The server must not run.",
                        "A file that `backup` has written.", List.of(), DataFiles::restore),
                command("export", "Writes the chats of one person into a zip, each as JSON and as Markdown.", "The file to write.",
                        List.of(USER, OVERWRITE), DataFiles::export),
                command("import", "Takes in chats that this or another program has exported. The same file twice changes nothing.",
                        "A zip or a JSON file of Runnel, ChatGPT, Claude, Open WebUI or LibreChat.", List.of(USER), DataFiles::importAll));
    }

    private Command command(String name, String description, String file, List<OptionSpec> options, FileWork work) {
        return new Command(name, () -> {
            var spec = Command.spec(description, given -> run(given, work), Setting.Group.STORAGE);
            spec.addPositional(Command.argument(Path.class, "FILE", file));
            options.forEach(option -> spec.addOption(OptionSpec.builder(option).build()));
            return spec;
        });
    }

    private int run(Arguments given, FileWork work) {
        Path file = given.<Path>argument().orElseThrow();
        try {
            given.out().println(work.with(settings.apply(given.settings()), file, given));
            given.out().flush();
            return 0;
        } catch (StoreException | Refused failed) {
            throw StartupFailure.because(failed.getMessage());
        } catch (IOException failed) {
            throw StartupFailure.because(file + " cannot be read or written, or its disk is full.");
        }
    }

    private static String backup(Settings settings, Path file, Arguments given) throws IOException {
        Backup.write(folder(settings), file, given.has("--overwrite"));
        return "The backup is in " + file + " (%,d bytes) and was checked.".formatted(Files.size(file));
    }

    private static String restore(Settings settings, Path file, Arguments given) {
        return "The backup is in place." + Restore.from(file, folder(settings)).map(before -> " What was there before is in " + before
                + "; delete it when all is well.").orElse("");
    }

    private static String export(Settings settings, Path file, Arguments given) throws IOException {
        if (Files.exists(file) && !given.has("--overwrite")) {
            throw StartupFailure.because(file + " is there already. Name another file, or replace it with --overwrite.");
        }
        var part = Files.createTempFile(file.toAbsolutePath().getParent(), ".runnel-export", ".part");
        part.toFile().deleteOnExit();
        try (var database = SqliteDatabase.open(DataFolder.shared(folder(settings)));
                var out = new BufferedOutputStream(Files.newOutputStream(part))) {
            int chats = new ChatArchive(database).write(owner(settings, database, given), out);
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
            return "%,d chats are in %s.".formatted(chats, file);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private static String importAll(Settings settings, Path file, Arguments given) throws IOException {
        var skipped = Json.object().putArray("skipped");
        try (var database = SqliteDatabase.open(DataFolder.shared(folder(settings)));
                var in = new BufferedInputStream(Files.newInputStream(file))) {
            var imports = new Imports(database, settings.model().systemPrompt());
            var imported = new ImportedFile(imports, new Presets(database, List::of), skipped, () -> {});
            var taken = imported.take(owner(settings, database, given), in);
            return "%,d chats are new, %,d were imported before, %,d presets are new, %,d entries were not taken."
                    .formatted(taken.fresh().size(), taken.known().size(), imported.presets(), skipped.size());
        }
    }

    private static String owner(Settings settings, Database database, Arguments given) {
        var email = given.text("--user");
        if (email.isEmpty() && settings.people().auth() == Auth.ACCOUNTS) {
            throw StartupFailure.wrong("People have accounts here: say with --user EMAIL whose chats are meant.");
        }
        return email.map(typed -> Email.of(typed).flatMap(new Accounts(database)::find)
                .orElseThrow(() -> StartupFailure.because("There is no account with this e-mail address.")).user().id())
                .orElse(User.LOCAL.id());
    }

    private static Path folder(Settings settings) {
        return settings.operation().dataDir();
    }
}
