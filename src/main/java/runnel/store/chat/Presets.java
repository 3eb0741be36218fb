package runnel.store.chat;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import runnel.chat.Id;
import runnel.chat.Preset;
import runnel.chat.Refused;
import runnel.chat.Sampling;
import runnel.store.Database;
import runnel.store.Row;
import runnel.store.Sql;

/// What chats can begin with: of each person what they have made, and for everybody the operator's files.
public record Presets(Database database, Supplier<List<Preset>> files) {
    /// How many one person can have.
    public static final int MAX = 100;
    private static final int MAX_BYTES = 1_000_000;
    private static final String BYTES = "octet_length(name) + octet_length(coalesce(system, '')) + octet_length(coalesce(prompt, ''))";

    /// One's own by their names, then the files.
    public List<Preset> list(String owner) {
        var own = database.read(sql -> sql.list("select * from preset where owner = ? order by name, id", Presets::row, owner));
        return Stream.concat(own.stream(), files.get().stream()).toList();
    }

    /// @return nothing where there is none, or it is somebody else's
    public Optional<Preset> find(String owner, String id) {
        return database.read(sql -> sql.first("select * from preset where id = ? and owner = ?", Presets::row, id, owner))
                .or(() -> files.get().stream().filter(file -> file.id().equals(id)).findFirst());
    }

    /// @param preset without an id
    /// @throws Refused where there is one of this name, or there are too many
    public Preset add(String owner, Preset preset) {
        return database.write(sql -> {
            Chats.refuseDeleted(sql, owner);
            var id = Id.next();
            refuseTaken(sql, owner, id, preset.name());
            var sampling = preset.sampling();
            sql.update("""
                    insert into preset (id, owner, name, model, system, temperature, max_tokens, reasoning_effort, prompt)
                    values (?, ?, ?, ?, ?, ?, ?, ?, ?)""",
                    id, owner, preset.name(), preset.model(), preset.system(), sampling.temperature(), sampling.maxTokens(),
                    sampling.effort(), preset.prompt());
            refuseTooMany(sql, owner);
            return find(sql, owner, id);
        });
    }

    /// Takes in what was exported.
    ///
    /// @return false where there is the same already
    /// @throws Refused where there is another of this name, or there are too many
    public boolean take(String owner, Preset preset) {
        var own = database.read(sql -> sql.list("select * from preset where owner = ?", Presets::row, owner));
        if (own.stream().anyMatch(preset::saysWhat)) {
            return false;
        }
        add(owner, preset);
        return true;
    }

    /// What is to be changed; what is not given stays as it is, and an inner nothing takes it away.
    public record Changes(Optional<String> name, Optional<Optional<String>> model, Optional<Optional<String>> system,
            Sampling.Change sampling, Optional<Optional<String>> prompt) {}

    /// Writes only what is to be changed, so that what somebody else changes meanwhile is not lost.
    ///
    /// @throws Refused where it is not there, is a file, or would have another's name
    public Preset change(String owner, String id, Changes changes) {
        refuseFile(id);
        var sampling = changes.sampling();
        return database.write(sql -> {
            changes.name().ifPresent(name -> refuseTaken(sql, owner, id, name));
            int changed = sql.update("""
                    update preset set name = coalesce(?, name), model = case when ? then ? else model end,
                        system = case when ? then ? else system end, prompt = case when ? then ? else prompt end,
                        temperature = case when ? then ? else temperature end,
                        max_tokens = case when ? then ? else max_tokens end,
                        reasoning_effort = case when ? then ? else reasoning_effort end
                    where id = ? and owner = ?""",
                    changes.name(), changes.model().isPresent(), changes.model().flatMap(to -> to),
                    changes.system().isPresent(), changes.system().flatMap(to -> to),
                    changes.prompt().isPresent(), changes.prompt().flatMap(to -> to),
                    sampling.temperature().isPresent(), sampling.temperature().flatMap(to -> to),
                    sampling.maxTokens().isPresent(), sampling.maxTokens().flatMap(to -> to),
                    sampling.effort().isPresent(), sampling.effort().flatMap(to -> to), id, owner);
            Refused.requireFound(changed > 0);
            refuseTooMany(sql, owner);
            return find(sql, owner, id);
        });
    }

    /// @throws Refused where it is not there, or is a file
    public void delete(String owner, String id) {
        refuseFile(id);
        Refused.requireFound(database.write(sql -> sql.update("delete from preset where id = ? and owner = ?", id, owner)) > 0);
    }

    private void refuseFile(String id) {
        if (files.get().stream().anyMatch(file -> file.id().equals(id))) {
            throw Refused.conflict("read-only-preset", "This preset is a file of the server's operator. Make one of your own from it.");
        }
    }

    private static void refuseTaken(Sql sql, String owner, String id, String name) {
        if (sql.number("select count(*) from preset where owner = ? and name = ? and id <> ?", owner, name, id) > 0) {
            throw Refused.conflict("name-taken", "You have a preset of this name already.");
        }
    }

    /// Looked at behind the change, which is undone with it.
    private static void refuseTooMany(Sql sql, String owner) {
        if (sql.number("select count(*) from preset where owner = ?", owner) > MAX
                || sql.number("select coalesce(sum(" + BYTES + "), 0) from preset where owner = ?", owner) > MAX_BYTES) {
            throw Refused.conflict("too-many-presets", "A person can have %d presets with %,d bytes in all. Delete some first."
                    .formatted(MAX, MAX_BYTES));
        }
    }

    private static Preset find(Sql sql, String owner, String id) {
        return sql.first("select * from preset where id = ? and owner = ?", Presets::row, id, owner).orElseThrow();
    }

    private static Preset row(Row row) {
        return new Preset(row.text("id"), row.text("name"), row.optionalText("model"),
                row.optionalText("system"), Chats.sampling(row, Optional.empty()),
                row.optionalText("prompt"));
    }
}
