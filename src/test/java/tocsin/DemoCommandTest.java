package tocsin;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class DemoCommandTest {
  private static final Pattern ACCOUNT =
      Pattern.compile(
          "(?m)^account update=([1-9]) channel=(email|sms|webhook) audience=(\\d+) sent=(\\d+)"
              + " failed=(\\d+) suppressed=(\\d+) withdrawn=(\\d+) superseded=(\\d+)"
              + " pending=(\\d+)$");

  @TempDir private Path folder;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  @Test
  @Timeout(value = 4, unit = TimeUnit.MINUTES)
  void exactlyThoseAreToldWhoShouldBe() {
    int code = demo();

    String printed = out.toString(UTF_8);
    assertThat(code).as(printed).isZero();
    List<MatchResult> accounts = ACCOUNT.matcher(printed).results().toList();
    assertThat(accounts).as(printed).hasSize(27);
    assertThat(accounts)
        .allSatisfy(account -> {
          assertThat(number(account, 3)).isPositive();
          assertThat(number(account, 3))
              .isEqualTo(
                  number(account, 4)
                      + number(account, 5)
                      + number(account, 6)
                      + number(account, 7)
                      + number(account, 8)
                      + number(account, 9));
          assertThat(number(account, 9)).isZero();
        });
    int sent = accounts.stream().mapToInt(account -> number(account, 4)).sum();
    assertThat(printed)
        .contains("received region=emea messages=0\n")
        .contains("received region=apac messages=0\n")
        .contains("received region=north-america messages=" + sent + "\n")
        .contains("demo result=ok messages=" + sent + " ");
  }

  private int demo() {
    PrintStream stream = new PrintStream(out, true, UTF_8);
    Shell shell = new Shell(Map.of(), folder, InputStream.nullInputStream(), stream, stream);
    return Main.commandLine(shell).execute("demo", "--exit");
  }

  private static int number(MatchResult account, int group) {
    return Integer.parseInt(account.group(group));
  }
}
