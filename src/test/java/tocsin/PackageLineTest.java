package tocsin;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The packages stand in a line, and each imports only from its left. */
class PackageLineTest {
  private static final List<String> LINE =
      List.of(
          "config",
          "store",
          "trace",
          "limit",
          "incident",
          "audience",
          "selfservice",
          "render",
          "channel",
          "delivery",
          "dispatch",
          "intake",
          "feedback",
          "api",
          "pages",
          "demo");
  private static final List<String> CHANNELS = List.of("email", "sms", "webhook");

  private final JavaClasses classes =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("tocsin");

  @TestFactory
  List<DynamicTest> aPackageImportsOnlyFromItsLeft() {
    return LINE.stream()
        .map(name ->
            DynamicTest.dynamicTest(
                name,
                () ->
                    noClasses()
                        .that()
                        .resideInAPackage("tocsin." + name + "..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(rightOf(name))
                        .allowEmptyShould(true)
                        .check(classes)))
        .toList();
  }

  @TestFactory
  List<DynamicTest> aChannelNeverImportsAnother() {
    return CHANNELS.stream()
        .map(name ->
            DynamicTest.dynamicTest(
                name,
                () ->
                    noClasses()
                        .that()
                        .resideInAPackage("tocsin.channel." + name)
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(
                            CHANNELS.stream()
                                .filter(other -> !other.equals(name))
                                .map(other -> "tocsin.channel." + other)
                                .toArray(String[]::new))
                        .check(classes)))
        .toList();
  }

  private static String[] rightOf(String name) {
    var right =
        LINE.subList(LINE.indexOf(name) + 1, LINE.size()).stream().map(n -> "tocsin." + n + "..");
    return java.util.stream.Stream.concat(right, java.util.stream.Stream.of("tocsin"))
        .toArray(String[]::new);
  }
}
