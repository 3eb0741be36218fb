package runnel.jar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.constant.ClassDesc;
import java.lang.reflect.RecordComponent;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What packaging writes anew does what the compiler meant.
@Tag("jar")
class PlainClassesTest {
    @Test
    void nothing_that_the_cache_cannot_hold_is_made_at_run_time() throws IOException {
        var made = new ArrayList<String>();
        try (var jar = FileSystems.newFileSystem(Jar.FILE)) {
            for (var name : classes("/")) {
                ClassFile.of().parse(Files.readAllBytes(jar.getPath(name))).methods().stream().flatMap(method -> method.code().stream())
                        .flatMap(code -> code.elementStream()).filter(InvokeDynamicInstruction.class::isInstance)
                        .map(InvokeDynamicInstruction.class::cast).filter(PlainClassesTest::comparesOrLooksAtClasses)
                        .forEach(call -> made.add(name + ": " + call.name()));
            }
        }
        assertEquals(List.of(), made);
    }

    private static boolean comparesOrLooksAtClasses(InvokeDynamicInstruction call) {
        return switch (call.bootstrapMethod().owner().displayName()) {
            case "ObjectMethods" -> !call.name().equalsString("toString");
            case "SwitchBootstraps" -> call.bootstrapArgs().stream().allMatch(ClassDesc.class::isInstance);
            default -> false;
        };
    }

    @Test
    void records_are_equal_and_hash_as_the_compiler_has_it() throws Exception {
        int compared = 0;
        try (var packed = new URLClassLoader(new URL[] {Jar.FILE.toUri().toURL()}, ClassLoader.getPlatformClassLoader())) {
            for (var name : classes("/runnel")) {
                var className = name.substring(1, name.length() - ".class".length()).replace('/', '.');
                var compiled = Class.forName(className, false, getClass().getClassLoader());
                if (compiled.isRecord()) {
                    compared += compare(compiled, Class.forName(className, false, packed));
                }
            }
        }
        assertTrue(compared > 100, compared + " records could be made");
    }

    /// @return how many could be compared
    private static int compare(Class<?> compiled, Class<?> packed) throws Exception {
        var expected = made(compiled, "x", 7);
        var one = made(packed, "x", 7);
        if (expected.isEmpty() || one.isEmpty()) {
            return 0;
        }
        assertEquals(expected.get().hashCode(), one.get().hashCode(), compiled.getName());
        assertEquals(one, made(packed, "x", 7), compiled.getName());
        assertEquals(expected.equals(made(compiled, "y", 7)), one.equals(made(packed, "y", 7)), compiled.getName());
        assertEquals(expected.equals(made(compiled, "x", 8)), one.equals(made(packed, "x", 8)), compiled.getName());
        return 1;
    }

    /// One with these values, if it may have them and they say all of it.
    private static Optional<Object> made(Class<?> type, String text, int number) {
        try {
            var types = Arrays.stream(type.getRecordComponents()).map(RecordComponent::getType).toArray(Class<?>[]::new);
            var constructor = type.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return Optional.of(constructor.newInstance(Arrays.stream(types).map(each -> value(each, text, number)).toArray()));
        } catch (ReflectiveOperationException refused) {
            return Optional.empty();
        }
    }

    private static Object value(Class<?> type, String text, int number) {
        return switch (type.getName()) {
            case "int" -> number;
            case "long" -> (long) number << 40;
            case "double" -> number / 2.0;
            case "boolean" -> number % 2 == 1;
            case "java.lang.String" -> text;
            case "java.util.Optional" -> Optional.of(text);
            case "java.util.List" -> List.of(text, number);
            default -> null;
        };
    }

    private static List<String> classes(String folder) throws IOException {
        try (var jar = FileSystems.newFileSystem(Jar.FILE); var files = Files.walk(jar.getPath(folder))) {
            return files.map(Path::toString).filter(name -> name.endsWith(".class") && !name.startsWith("/META-INF")).toList();
        }
    }
}
