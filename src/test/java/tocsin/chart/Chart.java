package tocsin.chart;

import com.marcnuri.helm.DryRun;
import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The chart of this repository, under real Helm. */
final class Chart {
  static final Path FOLDER = Path.of("helm", "tocsin");

  /** Stands for "helm.sh/hook" in what is rendered. */
  static final String HOOK = "test/hook";

  private static final String KUBERNETES = "1.34.0";

  private final Path withHooks;

  /**
   * @param folder where a copy is put whose hooks are manifests as well: the library renders none
   */
  Chart(Path folder) {
    this.withHooks = folder.resolve("tocsin");
    try (Stream<Path> files = Files.walk(FOLDER)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path copy = withHooks.resolve(FOLDER.relativize(file));
        Files.createDirectories(copy.getParent());
        Files.writeString(copy, Files.readString(file).replace("helm.sh/hook", HOOK));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static LintResult lint() {
    return new Helm(FOLDER).lint().strict().call();
  }

  /**
   * Makes the copy see a cluster with these kinds and {@code apps/v1/Deployment}: the library does
   * not let Helm be told.
   */
  Chart on(String... kinds) {
    String known =
        "(list \"apps/v1/Deployment\" \"%s\")".formatted(String.join("\" \"", List.of(kinds)));
    Path helpers = withHooks.resolve("templates").resolve("_helpers.tpl");
    try {
      Files.writeString(
          helpers,
          Files.readString(helpers)
              .replaceAll(
                  "\\(\\.root\\.Capabilities\\.APIVersions\\.Has ([^)]+)\\)",
                  "(has $1 " + known + ")"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  /** All manifests. Fails with what Helm says of wrong values. */
  Manifests render(String values) {
    return new Manifests(
        new Helm(withHooks)
            .template()
            .withName("acme")
            .withNamespace("status")
            .withKubeVersion(KUBERNETES)
            .withValuesFile(file(values))
            .call());
  }

  /** What is said to whoever has installed it. */
  String notes(String values) {
    String said =
        new Helm(FOLDER)
            .install()
            .clientOnly()
            .withDryRunOption(DryRun.CLIENT)
            .withName("acme")
            .withNamespace("status")
            .withKubeVersion(KUBERNETES)
            .withValuesFile(file(values))
            .call()
            .getOutput();
    return said.substring(said.indexOf("NOTES:"));
  }

  static String example(String name) {
    try {
      return Files.readString(FOLDER.resolve("examples").resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path file(String values) {
    try {
      return Files.write(withHooks.resolveSibling("values.yaml"), List.of(values));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
