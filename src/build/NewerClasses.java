import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassTransform;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;

/// Writes the classes of a jar that are older than Java 6, such as picocli's, as ones of Java 8: `java NewerClasses.java target/runnel.jar`.
///
/// The JVM's cache holds no class without stack maps (JVMS 4.10.1), and what it does not hold is loaded, verified and linked at each
/// start. What the classes do stays as it is.
final class NewerClasses {
    private static final int JAVA_6 = 50;

    public static void main(String[] args) throws IOException {
        var path = Path.of(args[0]);
        try (var classes = new URLClassLoader(new URL[] {path.toUri().toURL()}, ClassLoader.getPlatformClassLoader());
                var jar = FileSystems.newFileSystem(path)) {
            var classFile = ClassFile.of(ClassFile.StackMapsOption.GENERATE_STACK_MAPS,
                    ClassFile.ClassHierarchyResolverOption.of(ClassHierarchyResolver.ofResourceParsing(classes)));
            try (var files = Files.walk(jar.getPath("/"))) {
                for (var file : files.filter(one -> one.toString().endsWith(".class")).toList()) {
                    renew(file, classFile);
                }
            }
        }
    }

    private static void renew(Path file, ClassFile classFile) throws IOException {
        var bytes = Files.readAllBytes(file);
        if (((bytes[6] & 0xff) << 8 | bytes[7] & 0xff) < JAVA_6) {
            var time = Files.getLastModifiedTime(file);
            Files.write(file, newer(classFile, bytes));
            Files.setLastModifiedTime(file, time);
        }
    }

    /// The bodies of methods are written anew, since those that are only copied get no stack maps.
    private static byte[] newer(ClassFile classFile, byte[] bytes) {
        return classFile.transformClass(classFile.parse(bytes), ClassTransform.transformingMethodBodies((code, part) -> code.with(part))
                .andThen((fresh, part) -> {
                    if (part instanceof ClassFileVersion) {
                        fresh.withVersion(ClassFile.JAVA_8_VERSION, 0);
                    } else {
                        fresh.with(part);
                    }
                }));
    }
}
