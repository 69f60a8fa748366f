package tocsin.feedback.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tocsin.feedback.mail.MailFeedback.Bounced;
import tocsin.feedback.mail.MailFeedback.Complained;
import tocsin.feedback.mail.MailFeedback.Nothing;
import tocsin.feedback.mail.MailFeedback.Why;

/**
 * Mails that others collected, in {@code email-bounces} of the folder that {@code -Dsamples} names:
 * each is what {@code expected.csv} says, whatever its line ends.
 */
class SampleMailsTest {
  private static final Path FOLDER =
      Path.of(System.getProperty("samples", "../shared/samples"), "email-bounces");

  @TestFactory
  List<DynamicTest> aSampleIsWhatItIsSaidToBe() throws IOException {
    Path list = FOLDER.resolve("expected.csv");
    assumeTrue(Files.exists(list), "there are no samples in " + FOLDER.toAbsolutePath());
    return Files.readAllLines(list).stream()
        .skip(1)
        .map(line -> line.split(",", 5))
        .map(columns -> DynamicTest.dynamicTest(columns[0], () -> check(columns[0], columns[3])))
        .toList();
  }

  private static void check(String file, String expected) throws IOException {
    String mail = Files.readString(FOLDER.resolve(file), StandardCharsets.ISO_8859_1);
    String lf = mail.replace("\r\n", "\n");

    assertThat(word(lf)).isEqualTo(expected);
    assertThat(word(lf.replace("\n", "\r\n"))).isEqualTo(expected);
  }

  private static String word(String mail) {
    return switch (MailReport.of("", mail.getBytes(StandardCharsets.ISO_8859_1))) {
      case Bounced bounced ->
          switch (bounced.bounceClass()) {
            case HARD -> "hard";
            case POLICY, CONTENT, CAPABILITY -> bounced.bounceClass().word();
            case SOFT, DISABLED, ROUTING, UNKNOWN -> "soft";
          };
      case Complained complained -> "complaint";
      case Nothing(Why why) -> why == Why.DELAYED ? why.name().toLowerCase(Locale.ROOT) : "nothing";
    };
  }
}
