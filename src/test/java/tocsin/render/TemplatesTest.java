package tocsin.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tocsin.incident.Status;

class TemplatesTest {
  @TempDir Path folder;

  @Test
  void whatIsBuiltInHasNoProblems() {
    assertThat(problems()).isEmpty();
  }

  @Test
  void replacesFileByFileAndKeepsTheRest() throws Exception {
    write("sms/resolved.txt", "OVER: {{title}} {{link}}");

    assertThat(sms(Status.RESOLVED, "en")).isEqualTo("OVER: Connectivity trouble " + Updates.LINK);
    assertThat(sms(Status.IDENTIFIED, "en")).startsWith("Acme Status - Identified:");
  }

  @Test
  void oneFileMayServeEveryStatusOfAKind() throws Exception {
    write("sms/maintenance.txt", "WORKS: {{link}}");

    assertThat(sms(Status.VERIFYING, "en")).isEqualTo("WORKS: " + Updates.LINK);
    assertThat(sms(Status.RESOLVED, "en")).startsWith("Acme Status");
  }

  @Test
  void newWordsAddALocale() throws Exception {
    String words =
        Files.readString(Path.of("templates/words/en.properties"))
            .replace("status.resolved=Resolved", "status.resolved=Résolu");
    write("words/fr.properties", words);

    assertThat(sms(Status.RESOLVED, "fr-CA")).contains("Résolu");
    assertThat(renderer().locales()).containsExactly("de", "en", "fr");
  }

  @Test
  void partialsAreReplacedAndAdded() throws Exception {
    write("sms/_sign.txt", "Yours, {{brand}}\n");
    write("sms/resolved.txt", "{{title}}\n{{> _sign}}\n{{link}}\n");

    assertThat(sms(Status.RESOLVED, "en"))
        .isEqualTo("Connectivity trouble\nYours, Acme Status\n" + Updates.LINK);
  }

  @Test
  void wordsMaySayMore() throws Exception {
    write("sms/resolved.txt", "{{say.bye}} {{link}}");
    for (String tag : List.of("en", "de")) {
      String words = Files.readString(Path.of("templates/words/" + tag + ".properties"));
      write("words/" + tag + ".properties", words + "say.bye=Bye from {brand}!\n");
    }

    assertThat(sms(Status.RESOLVED, "de")).isEqualTo("Bye from Acme Status! " + Updates.LINK);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          sms/update.txt       | a\\n{{#open}}\\n{{link}}            | 2 | open
          sms/update.txt       | a\\n\\n{{/body}}{{link}}            | 3 | body
          sms/update.txt       | {{link}}\\n{{tittle}}               | 2 | tittle
          sms/update.txt       | {{link}}\\n{{#tittle}}x{{/tittle}}  | 2 | tittle
          sms/update.txt       | {{link}}\\n{{say.nothing}}          | 2 | say.nothing
          sms/update.txt       | {{link}}\\n{{title.length}}         | 2 | title.length
          sms/update.txt       | {{link}}\\n{{nextUpdate.short}}     | 2 | nextUpdate.short
          sms/update.txt       | {{title}}\\n{{body}}                | 2 | {{link}}
          sms/update.txt       | {{link}}\\n{{> _absent}}            | 2 | _absent
          sms/update.txt       | {{link}}\\n{{> ../words/en}}        | 2 | words/en
          sms/update.txt       | {{link}}\\n{{=<% %>=}}              | 2 | not supported
          email/update.txt     | {{body}}\\n{{link}}                 | 2 | {{unsubscribe}}
          email/update.txt     | {{unsubscribe}}\\n{{body}}          | 2 | {{link}}
          email/update.txt     | {{unsubscribe}}\\n{{link}}          | 2 | {{body}}
          email/update.html    | {{{body}}}\\n{{link}}               | 2 | {{unsubscribe}}
          email/resolved.html  | {{{body}}}{{link}}{{unsubscribe}}\\n{{{title}}} | 2 | title must be escaped
          webhook/update.json  | {"type":"x","timestamp":"x",\\n"data":"{{link}}",} | 2 | no JSON
          webhook/update.json  | {"type":"x",\\n"data":{}}           | 2 | timestamp
          webhook/update.json  | {\\n"type":"x","timestamp":"{{accepted.iso}}"\\n"data":{}} | 3 | no JSON
          webhook/resolved.json | {"type":"x","timestamp":"x",\\n"data":{"a":{{{body}}}}} | 2 | body must be escaped
          email/_foot.txt      | {{link}}\\n{{unsubscribe}}\\n{{nobody}} | 3 | nobody
          words/en.properties  | direction=ltr\\nstatus.resolved     | 2 | key=words
          words/en.properties  | direction=ltr\\ndirection=ltr       | 2 | second time
          words/en.properties  | direction=up                        | 1 | ltr or rtl
          words/en.properties  | # none\\n                           | 1 | ends without status.resolved
          words/de.properties  | say.why=Von {wem}                   | 1 | {wem}
          words/de.properties  | time.long=EEEE bb                   | 1 | no pattern
          words/de.properties  | say.why=                            | 1 | no words
          words/not_a_tag.properties | a=b                           | 1 | is no template
          words/x-.properties  | a=b                                 | 1 | language tag
          email/resolvd.html   | x                                   | 1 | is no template
          """)
  void saysWhatIsWrongAndWhere(String file, String text, int line, String detail) throws Exception {
    write(file, text.replace("\\n", "\n"));

    assertThat(problems())
        .as("%s", problems())
        .anyMatch(problem ->
            problem.file().equals(file)
                && problem.line() == line
                && problem.detail().contains(detail));
  }

  @Test
  void saysEverythingAtOnce() throws Exception {
    write("sms/update.txt", "{{tittle}}");
    write("email/update.html", "{{#open}}");
    write("webhook/update.json", "[");
    write("words/de.properties", "nothing");

    TemplateException thrown = thrown();

    assertThat(thrown.problems())
        .extracting(TemplateProblem::file)
        .contains(
            "sms/update.txt", "email/update.html", "webhook/update.json", "words/de.properties");
    assertThat(thrown).hasMessageContaining("sms/update.txt:1: ");
  }

  @Test
  void partialsThatHoldEachOtherEnd() throws Exception {
    write("sms/_a.txt", "{{> _b}}{{> _b}}");
    write("sms/_b.txt", "{{> _a}}{{> _a}}");
    write("sms/update.txt", "{{link}} {{> _a}}");

    assertThat(problems()).anyMatch(problem -> problem.detail().contains("hold each other"));
  }

  @Test
  void readsNothingOutsideTheFolder(@TempDir Path elsewhere) throws Exception {
    Path secret = Files.writeString(elsewhere.resolve("secret.txt"), "{{link}} secret");
    Files.createDirectories(folder.resolve("sms"));
    Files.createSymbolicLink(folder.resolve("sms/update.txt"), secret);

    assertThat(problems())
        .containsExactly(
            new TemplateProblem("sms/update.txt", 1, "leads out of the templates folder"));
  }

  @Test
  void readsLinksWithinTheFolder() throws Exception {
    Files.createDirectories(folder.resolve("..data"));
    Path file = Files.writeString(folder.resolve("..data/update.txt"), "HELLO {{link}}");
    Files.createDirectories(folder.resolve("sms"));
    Files.createSymbolicLink(folder.resolve("sms/update.txt"), file);

    assertThat(sms(Status.IDENTIFIED, "en")).startsWith("HELLO");
  }

  @Test
  void readsTheKeysOfAConfigMap() throws Exception {
    Files.createDirectories(folder.resolve("..data"));
    Path file = Files.writeString(folder.resolve("..data/sms__update.txt"), "HELLO {{link}}");
    Files.createSymbolicLink(folder.resolve("sms__update.txt"), file);

    assertThat(sms(Status.IDENTIFIED, "en")).startsWith("HELLO");
  }

  @Test
  void aKeyThatIsNoTemplateIsNamed() throws Exception {
    write("sms__updates.txt", "{{link}}");

    assertThat(problems())
        .singleElement()
        .satisfies(problem -> assertThat(problem.file()).isEqualTo("sms/updates.txt"));
  }

  @Test
  void readsOnlySoMuch() throws Exception {
    write("sms/update.txt", "{{link}}" + "x".repeat(300_000));

    assertThat(problems()).anyMatch(problem -> problem.detail().contains("longer than"));
  }

  @Test
  void saysThatTheFolderIsNotThere() {
    assertThat(
            catchThrowableOfType(
                TemplateException.class, () -> Templates.load(folder.resolve("absent"))))
        .hasMessageContaining("cannot be read");
  }

  private void write(String file, String text) throws IOException {
    Path path = folder.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }

  private TemplateException thrown() {
    return catchThrowableOfType(TemplateException.class, () -> Templates.load(folder));
  }

  private List<TemplateProblem> problems() {
    TemplateException thrown = thrown();
    return thrown == null ? List.of() : thrown.problems();
  }

  private Renderer renderer() throws TemplateException {
    return new Renderer(Templates.load(folder), Updates.FROM, Updates.URL);
  }

  private String sms(Status status, String locale) throws TemplateException {
    return renderer().sms(Updates.of(status), Updates.NAMES, locale, ZoneId.of("UTC")).text();
  }
}
