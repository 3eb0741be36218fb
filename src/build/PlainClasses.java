import java.io.IOException;
import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.Label;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.reflect.AccessFlag;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// Writes the classes of a jar such that the JVM's cache holds all of what they do: `java PlainClasses.java target/runnel.jar`.
/// What the cache does not hold is loaded, verified, linked or made at each start. What the classes do stays as it is.
///
/// - The cache holds no class without stack maps (JVMS 4.10.1): classes older than Java 6, such as picocli's, become ones of Java 8.
/// - Of what `invokedynamic` makes, it holds lambdas and joined strings only (JEP 483): how a record compares itself
///   (`java.lang.runtime.ObjectMethods`) and which class a `switch` has before it (`SwitchBootstraps`) become methods.
final class PlainClasses {
    private static final int JAVA_6 = 50;

    public static void main(String[] args) throws IOException {
        var path = Path.of(args[0]);
        try (var classes = new URLClassLoader(new URL[] {path.toUri().toURL()}, ClassLoader.getPlatformClassLoader());
                var jar = FileSystems.newFileSystem(path)) {
            var resolver = ClassFile.ClassHierarchyResolverOption.of(ClassHierarchyResolver.ofResourceParsing(classes));
            try (var files = Files.walk(jar.getPath("/"))) {
                for (var file : files.filter(one -> one.toString().endsWith(".class") && !one.startsWith("/META-INF")).toList()) {
                    rewrite(file, resolver);
                }
            }
        }
    }

    private static void rewrite(Path file, ClassFile.ClassHierarchyResolverOption resolver) throws IOException {
        var bytes = Files.readAllBytes(file);
        var parsed = ClassFile.of(resolver).parse(bytes);
        byte[] fresh = bytes;
        if (parsed.majorVersion() < JAVA_6) {
            fresh = newer(ClassFile.of(resolver, ClassFile.StackMapsOption.GENERATE_STACK_MAPS), parsed);
        } else if (Calls.in(parsed)) {
            fresh = ClassFile.of(resolver).transformClass(parsed, new Calls(parsed).transform());
        }
        if (fresh != bytes) {
            var time = Files.getLastModifiedTime(file);
            Files.write(file, fresh);
            Files.setLastModifiedTime(file, time);
        }
    }

    /// The bodies of methods are written anew, since those that are only copied get no stack maps.
    private static byte[] newer(ClassFile classFile, ClassModel parsed) {
        return classFile.transformClass(parsed, ClassTransform.transformingMethodBodies((code, part) -> code.with(part))
                .andThen((fresh, part) -> {
                    if (part instanceof ClassFileVersion) {
                        fresh.withVersion(ClassFile.JAVA_8_VERSION, 0);
                    } else {
                        fresh.with(part);
                    }
                }));
    }

    /// Puts calls of methods, which it adds to the class, in place of what is made at run time.
    private static final class Calls {
        private final ClassModel in;
        private final List<Consumer<ClassBuilder>> methods = new ArrayList<>();

        Calls(ClassModel in) {
            this.in = in;
        }

        static boolean in(ClassModel parsed) {
            return parsed.methods().stream().flatMap(method -> method.code().stream())
                    .anyMatch(code -> code.elementStream().anyMatch(Calls::isReplaced));
        }

        private static boolean isReplaced(CodeElement part) {
            return part instanceof InvokeDynamicInstruction call && switch (call.bootstrapMethod().owner().displayName()) {
                case "ObjectMethods" -> !call.name().equalsString("toString");
                case "SwitchBootstraps" -> call.name().equalsString("typeSwitch") && call.bootstrapArgs().stream().allMatch(ClassDesc.class::isInstance);
                default -> false;
            };
        }

        ClassTransform transform() {
            return ClassTransform.transformingMethodBodies(this::replace)
                    .andThen(ClassTransform.endHandler(fresh -> methods.forEach(method -> method.accept(fresh))));
        }

        private void replace(CodeBuilder code, CodeElement part) {
            if (isReplaced(part)) {
                var call = (InvokeDynamicInstruction) part;
                var name = call.name().stringValue() + "$" + methods.size();
                var type = call.typeSymbol();
                methods.add(builder -> builder.withMethodBody(name, type, ClassFile.ACC_PRIVATE | ClassFile.ACC_STATIC | ClassFile.ACC_SYNTHETIC,
                        body -> write(body, call)));
                code.invokestatic(in.thisClass().asSymbol(), name, type, in.flags().has(AccessFlag.INTERFACE));
            } else {
                code.with(part);
            }
        }

        private static void write(CodeBuilder body, InvokeDynamicInstruction call) {
            switch (call.name().stringValue()) {
                case "typeSwitch" -> typeSwitch(body, call.bootstrapArgs());
                case "hashCode" -> hashCode(body, components(call));
                case "equals" -> equals(body, (ClassDesc) call.bootstrapArgs().getFirst(), components(call));
                default -> throw new IllegalStateException(call.name().stringValue());
            }
        }

        private static List<DirectMethodHandleDesc> components(InvokeDynamicInstruction call) {
            return call.bootstrapArgs().stream().skip(2).map(DirectMethodHandleDesc.class::cast).toList();
        }

        /// The first of the classes, from a place on, of which the value is; their number if it is of none, -1 if it is null.
        private static void typeSwitch(CodeBuilder body, List<ConstantDesc> classes) {
            Label there = body.newLabel();
            body.aload(0).ifnonnull(there).iconst_m1().ireturn().labelBinding(there);
            for (int i = 0; i < classes.size(); i++) {
                Label other = body.newLabel();
                body.iload(1).loadConstant(i).if_icmpgt(other);
                body.aload(0).instanceOf((ClassDesc) classes.get(i)).ifeq(other);
                body.loadConstant(i).ireturn().labelBinding(other);
            }
            body.loadConstant(classes.size()).ireturn();
        }

        private static void hashCode(CodeBuilder body, List<DirectMethodHandleDesc> components) {
            body.iconst_0();
            for (var component : components) {
                var type = get(body.bipush(31).imul().aload(0), component);
                body.invokestatic(wrapper(type), "hashCode", MethodTypeDesc.of(ConstantDescs.CD_int, type)).iadd();
            }
            body.ireturn();
        }

        private static void equals(CodeBuilder body, ClassDesc record, List<DirectMethodHandleDesc> components) {
            Label different = body.newLabel();
            body.aload(1).instanceOf(record).ifeq(different);
            for (var component : components) {
                get(body.aload(0), component);
                var type = get(body.aload(1).checkcast(record), component);
                if (type.isPrimitive()) {
                    body.invokestatic(wrapper(type), "compare", MethodTypeDesc.of(ConstantDescs.CD_int, type, type)).ifne(different);
                } else {
                    body.invokestatic(wrapper(type), "equals", MethodTypeDesc.of(ConstantDescs.CD_boolean, type, type)).ifeq(different);
                }
            }
            body.iconst_1().ireturn().labelBinding(different).iconst_0().ireturn();
        }

        /// @return the type that what compares it takes
        private static ClassDesc get(CodeBuilder body, DirectMethodHandleDesc component) {
            var type = component.invocationType().returnType();
            body.getfield(component.owner(), component.methodName(), type);
            return type.isPrimitive() ? type : ConstantDescs.CD_Object;
        }

        /// The class whose methods compare it.
        private static ClassDesc wrapper(ClassDesc type) {
            return switch (type.displayName()) {
                case "boolean" -> ConstantDescs.CD_Boolean;
                case "byte" -> ConstantDescs.CD_Byte;
                case "char" -> ConstantDescs.CD_Character;
                case "short" -> ConstantDescs.CD_Short;
                case "int" -> ConstantDescs.CD_Integer;
                case "long" -> ConstantDescs.CD_Long;
                case "float" -> ConstantDescs.CD_Float;
                case "double" -> ConstantDescs.CD_Double;
                default -> ClassDesc.of("java.util.Objects");
            };
        }
    }
}
