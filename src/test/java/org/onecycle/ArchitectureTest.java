package org.onecycle;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.io.ObjectInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The arrows of the architecture: who may know whom. */
class ArchitectureTest {
  /** From the bottom up; packages of one row do not know each other. */
  private static final List<List<String>> LAYERS =
      List.of(
          List.of("array"),
          List.of("backend"),
          List.of("tensor"),
          List.of("io", "show"),
          List.of("nn"),
          List.of("loss"),
          List.of("optim"),
          List.of("metric"),
          List.of("data"),
          List.of("learner"),
          List.of("callback"),
          List.of("vision", "text", "tabular"),
          List.of("examples", "notebook"));

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .withImportOption(location -> !location.contains("-tests.jar"))
          .importPackages("org.onecycle");

  @Test
  void everyModuleIsLookedAt() {
    Assertions.assertTrue(CLASSES.contain("org.onecycle.examples.Main"));
  }

  @TestFactory
  Stream<DynamicTest> knowsNothingAboveOrBesideIt() {
    List<DynamicTest> tests = new ArrayList<>();
    for (int row = 0; row < LAYERS.size(); row++) {
      for (String name : LAYERS.get(row)) {
        String[] forbidden =
            LAYERS.subList(row, LAYERS.size()).stream()
                .flatMap(List::stream)
                .filter(other -> !other.equals(name))
                .map(ArchitectureTest::within)
                .toArray(String[]::new);
        if (forbidden.length > 0) {
          tests.add(
              test(
                  name,
                  noClasses()
                      .that(resideInAPackage(within(name)))
                      .should()
                      .dependOnClassesThat(resideInAnyPackage(forbidden))));
        }
      }
    }
    return tests.stream();
  }

  @TestFactory
  Stream<DynamicTest> staysInItsPlace() {
    return Stream.of(
        only("org.nd4j..", "array", "backend", "tensor", "io"),
        only("org.bytedeco.dnnl..", "backend"),
        only("org.bytedeco.opencv..", "vision.image"),
        only("picocli..", "examples"),
        only("org.dflib..", "tabular", "examples", "notebook"),
        only("ch.qos.logback..", "examples"));
  }

  @TestFactory
  Stream<DynamicTest> holdsEverywhere() {
    return Stream.of(
        test(
            "no cycle of packages",
            slices().matching("org.onecycle.(**)").should().beFreeOfCycles()),
        test(
            "the root package knows no other",
            noClasses()
                .that(resideInAPackage("org.onecycle"))
                .should()
                .dependOnClassesThat(resideInAPackage("org.onecycle.*.."))),
        test(
            "only examples, notebooks and progress write to the terminal",
            noClasses()
                .that(
                    resideOutsideOfPackages(within("examples"), within("notebook"), within("show")))
                .should(ACCESS_STANDARD_STREAMS)),
        test("logging is SLF4J", NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING),
        test(
            "what we read never executes code",
            noClasses().should().dependOnClassesThat().areAssignableTo(ObjectInputStream.class)),
        test(
            "one seed, one history",
            noClasses()
                .should()
                .dependOnClassesThat()
                .areAssignableTo(ThreadLocalRandom.class)
                .orShould()
                .callMethod(Math.class, "random")
                .orShould()
                .callConstructor(Random.class)));
  }

  private static DynamicTest only(String library, String... places) {
    String[] packages = Stream.of(places).map(ArchitectureTest::within).toArray(String[]::new);
    return test(
        library + " only in " + String.join(", ", places),
        noClasses()
            .that(resideOutsideOfPackages(packages))
            .should()
            .dependOnClassesThat(resideInAPackage(library)));
  }

  private static DynamicTest test(String name, ArchRule rule) {
    return DynamicTest.dynamicTest(name, () -> rule.allowEmptyShould(true).check(CLASSES));
  }

  private static String within(String name) {
    return "org.onecycle." + name + "..";
  }
}
