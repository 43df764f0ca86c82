package io.modelmonitor.house;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.io.File;
import java.io.IOException;
import java.lang.reflect.Array;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

/** Rules on the dependencies of modules and packages, and on source files. */
class HouseRulesTest {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.modelmonitor");

    private static final String[] API = {"io.modelmonitor.api..", "io.modelmonitor.spi.."};
    private static final String STATS = "io.modelmonitor.stats..";

    private static final Set<String> ROUNDED_AS_THE_MACHINE_LIKES = Set.of(
            "acos", "asin", "atan", "atan2", "cbrt", "cos", "cosh", "exp", "expm1", "hypot", "log", "log10", "log1p",
            "pow", "sin", "sinh", "tan", "tanh");

    /** A documentation comment that begins as a question would. */
    private static final Pattern QUESTION =
            Pattern.compile("/\\*\\*[\\s*]+((?:What|Who|Whom|Whose|How|Says|Whether|Why)\\b.*)");

    /** A duration that depends on the machine, in a comment. */
    private static final Pattern NANOSECONDS =
            Pattern.compile("^\\s*(?:/?\\*|//).*(?:\\d ns\\b|\\b(?:hundred|few|a) nanoseconds?)");

    @Test
    void theVocabularyDependsOnNothingButItself() {
        noClasses()
                .that()
                .resideInAnyPackage(API)
                .should()
                .dependOnClassesThat(not(resideInAnyPackage(
                        "io.modelmonitor.api..", "io.modelmonitor.spi..", "java..", "org.jspecify..")))
                .check(CLASSES);
    }

    @Test
    void statisticsKnowTheVocabularyAndLibrariesOfMathematicsOnly() {
        noClasses()
                .that()
                .resideInAPackage(STATS)
                .should()
                .dependOnClassesThat(not(resideInAnyPackage(
                        "io.modelmonitor.api..",
                        "io.modelmonitor.spi..",
                        STATS,
                        "java..",
                        "org.jspecify..",
                        "org.apache.commons..",
                        "com.dynatrace.hash4j..")))
                .check(CLASSES);
    }

    @Test
    void statisticsArePure() {
        noClasses()
                .that()
                .resideInAPackage(STATS)
                .should()
                .dependOnClassesThat(resideInAnyPackage("java.nio.file..", "java.net..", "java.util.logging.."))
                .orShould()
                .accessClassesThat()
                .haveFullyQualifiedName("java.time.Clock")
                .orShould()
                .accessClassesThat()
                .haveFullyQualifiedName("java.util.concurrent.ThreadLocalRandom")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(Math.class, "random")
                .check(CLASSES);
    }

    /** {@link StrictMath} gives the same digits everywhere; square roots, remainders and roundings of {@link Math} do, too. */
    @Test
    void noFunctionIsUsedWhoseLastDigitDependsOnTheMachine() {
        noClasses()
                .should()
                .accessTargetWhere(DescribedPredicate.<JavaAccess<?>>describe(
                        "a function of Math that may be off by a unit in the last place",
                        access -> access.getTargetOwner().isEquivalentTo(Math.class)
                                && ROUNDED_AS_THE_MACHINE_LIKES.contains(
                                        access.getTarget().getName())))
                .check(CLASSES);
    }

    @Test
    void everyModuleBringsItsLicenceAndNotice() throws IOException {
        Path root = Path.of(System.getProperty("project.root"));
        List<String> built = new ArrayList<>();
        try (Stream<Path> folders = Files.list(root)) {
            for (Path module : folders.filter(folder -> Files.isDirectory(folder.resolve("target/classes")))
                    .toList()) {
                Path inJar = module.resolve("target/classes/META-INF");
                for (String file : List.of("LICENSE", "NOTICE")) {
                    Assertions.assertThat(inJar.resolve(file)).hasSameTextualContentAs(root.resolve(file));
                }
                built.add(module.getFileName().toString());
            }
        }
        Assertions.assertThat(built).contains("monitor-api", "monitor-stats", "monitor-core");
    }

    @Test
    void nothingPointsBackToTestingSupport() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.modelmonitor.test..")
                .should()
                .dependOnClassesThat(resideInAPackage("io.modelmonitor.test.."))
                .check(CLASSES);
    }

    @Test
    void nothingInTheLibraryDependsOnTheManagedServicesModule() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.modelmonitor.sagemaker..")
                .should()
                .dependOnClassesThat(resideInAPackage("io.modelmonitor.sagemaker.."))
                .check(CLASSES);
    }

    @Test
    void mainCodeOutsideItsModuleDoesNotNameTheManagedService() throws IOException {
        Path root = Path.of(System.getProperty("project.root"));
        Path allowed = root.resolve("monitor-sagemaker");
        List<String> naming = new ArrayList<>();
        for (Path file : mainSources(root)) {
            String text = Files.readString(file).toLowerCase(Locale.ROOT);
            // The package may be imported where examples show a migration.
            if (!file.startsWith(allowed)
                    && text.replace("io.modelmonitor.sagemaker", "").contains("sagemaker")) {
                naming.add(root.relativize(file).toString());
            }
        }
        Assertions.assertThat(naming).isEmpty();
    }

    @Test
    void javadocBeginsWithANounPhraseOrAVerb() throws IOException {
        Path root = Path.of(System.getProperty("project.root"));
        List<String> riddles = new ArrayList<>();
        for (Path file : mainSources(root)) {
            Matcher matcher = QUESTION.matcher(Files.readString(file));
            while (matcher.find()) {
                riddles.add(root.relativize(file) + ": " + matcher.group(1));
            }
        }
        Assertions.assertThat(riddles).isEmpty();
    }

    @Test
    void javadocPromisesNoNanoseconds() throws IOException {
        Path root = Path.of(System.getProperty("project.root"));
        List<String> figures = new ArrayList<>();
        for (Path file : mainSources(root)) {
            if (!file.startsWith(root.resolve("monitor-benchmarks"))) {
                for (String line : Files.readAllLines(file)) {
                    if (NANOSECONDS.matcher(line).find()) {
                        figures.add(root.relativize(file) + ": " + line.strip());
                    }
                }
            }
        }
        Assertions.assertThat(figures).isEmpty();
    }

    @Test
    void onePackageKnowsJackson() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.modelmonitor.internal.json..")
                .should()
                .dependOnClassesThat(resideInAPackage("com.fasterxml.."))
                .check(CLASSES);
    }

    @Test
    void packagesFormNoCircle() {
        slices().matching("io.modelmonitor.(**)").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void nothingIsDiscoveredOrReflectedUpon() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.util.ServiceLoader")
                .orShould()
                .dependOnClassesThat(resideInAPackage("java.lang.reflect..")
                        // Reads the elements of an array whatever its type; it looks up nothing by name.
                        .and(not(equivalentTo(Array.class))))
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.io.ObjectInputStream")
                .orShould()
                .callMethod(Class.class, "forName", String.class)
                .check(CLASSES);
    }

    @Test
    void publicSignaturesNameNoThirdParty() {
        methods()
                .that()
                .areDeclaredInClassesThat(resideInAPackage("io.modelmonitor..")
                        .and(not(resideInAnyPackage(
                                "io.modelmonitor.test..",
                                "io.modelmonitor.tablesaw..",
                                "io.modelmonitor.micrometer.."))))
                .should(nameOnly(
                        "types of ours or of the JDK only",
                        type -> type.getPackageName().startsWith("java")
                                || type.getPackageName().startsWith("io.modelmonitor")))
                .check(CLASSES);
    }

    @Test
    void publicSignaturesNameNothingInternal() {
        methods()
                .that()
                .areDeclaredInClassesThat(not(resideInAPackage("..internal..")))
                .should(nameOnly(
                        "nothing internal", type -> !type.getPackageName().contains(".internal")))
                .check(CLASSES);
    }

    @Test
    void atMostAndAtLeastMeanABound() {
        methods()
                .that()
                .haveName("atMost")
                .or()
                .haveName("atLeast")
                .should(new ArchCondition<>("return a constraint or its bound") {
                    @Override
                    public void check(JavaMethod method, ConditionEvents events) {
                        String returned = method.getRawReturnType().getSimpleName();
                        if (isExported(method) && !Set.of("Constraint", "Bound").contains(returned)) {
                            events.add(SimpleConditionEvent.violated(
                                    method, method.getFullName() + " returns a " + returned));
                        }
                    }
                })
                .check(CLASSES);
    }

    @Test
    void noSourceFileIsLongerThanFourHundredLines() throws IOException {
        Path root = Path.of(System.getProperty("project.root"));
        List<String> tooLong = new ArrayList<>();
        for (Path file : mainSources(root)) {
            int lines = Files.readAllLines(file).size();
            if (lines > 400) {
                tooLong.add(root.relativize(file) + ": " + lines);
            }
        }
        Assertions.assertThat(tooLong).isEmpty();
    }

    private static List<Path> mainSources(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(path -> path.toString().endsWith(".java")
                            && path.toString().contains("src" + File.separator + "main"))
                    .sorted()
                    .toList();
        }
    }

    private static ArchCondition<JavaMethod> nameOnly(String what, Predicate<JavaClass> allowed) {
        return new ArchCondition<>("name " + what + " when exported") {
            @Override
            public void check(JavaMethod method, ConditionEvents events) {
                if (!isExported(method)) {
                    return;
                }
                Stream.concat(Stream.of(method.getReturnType()), method.getParameterTypes().stream())
                        .flatMap(type -> type.getAllInvolvedRawTypes().stream())
                        .map(JavaClass::getBaseComponentType)
                        .filter(type -> !type.isPrimitive() && !allowed.test(type))
                        .forEach(type -> events.add(SimpleConditionEvent.violated(
                                method, method.getFullName() + " names " + type.getName())));
            }
        };
    }

    private static boolean isExported(JavaMethod method) {
        boolean open = method.getModifiers().contains(JavaModifier.PUBLIC)
                || method.getModifiers().contains(JavaModifier.PROTECTED);
        return open && method.getOwner().getModifiers().contains(JavaModifier.PUBLIC);
    }
}
