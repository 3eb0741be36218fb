package runnel;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;

/// The rooms of the house: which may look into which, and which library lives where.
@AnalyzeClasses(packages = "runnel", importOptions = DoNotIncludeTests.class)
class LayersTest {
    /// Each room knows those before it and none behind it.
    private static final List<String> ROOMS = List.of("runnel.chat", "runnel.account", "runnel.settings", "runnel.mail", "runnel.upload", "runnel.upstream..",
            "runnel.store..", "runnel.reply", "runnel.web..", "runnel.cli..", "runnel");

    @ArchTest
    static void a_room_knows_only_the_rooms_before_it(JavaClasses classes) {
        knowOnlyThoseBefore(classes, ROOMS);
    }

    private static void knowOnlyThoseBefore(JavaClasses classes, List<String> rooms) {
        for (int i = 0; i < rooms.size() - 1; i++) {
            var behind = rooms.subList(i + 1, rooms.size()).toArray(String[]::new);
            noClasses().that().resideInAPackage(rooms.get(i)).should().dependOnClassesThat().resideInAnyPackage(behind).check(classes);
        }
    }

    @ArchTest
    static void there_are_no_other_rooms(JavaClasses classes) {
        noClasses().should().resideOutsideOfPackages(ROOMS.toArray(String[]::new)).check(classes);
    }

    @ArchTest
    static final ArchRule chat_uses_no_library_at_all = noClasses().that().resideInAPackage("runnel.chat")
            .should().dependOnClassesThat(not(resideInAnyPackage("java..", "runnel.chat")));

    @ArchTest
    static final ArchRule okhttp_lives_in_upstream_and_in_the_terminal = noClasses().that()
            .resideOutsideOfPackages("runnel.upstream.openai", "runnel.cli.terminal").should().dependOnClassesThat().resideInAnyPackage("okhttp3..", "okio..");

    @ArchTest
    static final ArchRule markdown_is_drawn_in_the_terminal_and_in_exports = noClasses().that()
            .resideOutsideOfPackages("runnel.cli.terminal", "runnel.web.transfer").should().dependOnClassesThat().resideInAnyPackage("org.commonmark..");

    /// A command that speaks to a server starts without one.
    @ArchTest
    static final ArchRule the_terminal_knows_nothing_of_the_server = noClasses().that().resideInAPackage("runnel.cli.terminal")
            .should().dependOnClassesThat().resideInAnyPackage("runnel.web..", "runnel.reply..", "runnel.store..", "runnel.upstream..");

    @ArchTest
    static final ArchRule sql_lives_in_store = livesIn("runnel.store..", "java.sql..", "javax.sql..", "org.flywaydb..", "org.sqlite..", "com.zaxxer..", "org.postgresql..");

    @ArchTest
    static final ArchRule picocli_lives_in_cli = livesIn("runnel.cli..", "picocli..", "org.jline..");

    @ArchTest
    static final ArchRule pdfs_are_read_in_upload = livesIn("runnel.upload", "org.apache.pdfbox..", "org.apache.fontbox..");

    @ArchTest
    static final ArchRule mail_lives_in_mail = livesIn("runnel.mail", "jakarta.mail..", "org.eclipse.angus..");

    @ArchTest
    static final ArchRule password_hashing_and_rate_limits_live_in_account = livesIn("runnel.account", "org.bouncycastle..", "io.github.bucket4j..");

    /// Jetty's parser of HTTP reads answers too.
    @ArchTest
    static final ArchRule javalin_and_jetty_live_in_web = noClasses().that().resideOutsideOfPackage("runnel.web..").should()
            .dependOnClassesThat(resideInAnyPackage("io.javalin..", "org.eclipse.jetty..", "jakarta.servlet..")
                    .and(not(resideInAnyPackage("org.eclipse.jetty.http.."))));

    /// Inside the web the same holds: addresses know accounts, accounts know streams, OpenAI's API knows those, and all know HTTP;
    /// what comes and goes as files knows no addresses but its own.
    @ArchTest
    static void a_room_of_the_web_knows_only_the_rooms_before_it(JavaClasses classes) {
        knowOnlyThoseBefore(classes, List.of("runnel.web.http", "runnel.web.stream", "runnel.web.account", "runnel.web.openai", "runnel.web.transfer", "runnel.web"));
    }

    /// And inside the store: chats know the database, replies know chats, accounts know what goes with them, a folder and imports know all.
    @ArchTest
    static void a_room_of_the_store_knows_only_the_rooms_before_it(JavaClasses classes) {
        knowOnlyThoseBefore(classes, List.of("runnel.store", "runnel.store.chat", "runnel.store.reply", "runnel.store.account",
                "runnel.store.folder", "runnel.store.transfer"));
    }

    private static ArchRule livesIn(String room, String... libraries) {
        return noClasses().that().resideOutsideOfPackage(room).should().dependOnClassesThat().resideInAnyPackage(libraries);
    }
}
