package tocsin.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tocsin.audience.Dialect;
import tocsin.config.Settings;
import tocsin.incident.Status;
import tocsin.incident.Text;
import tocsin.incident.Update;

/** Whatever people and systems write, it is told, and does nothing else. */
class HostileTextTest {
  private static final List<String> PIECES =
      List.of(
          "\r\nBcc: victim@example.org\r\n\r\n",
          "\r",
          "\n\n",
          "\u0000\u0007\u001B[31m",
          "\u0085\u2028\u2029",
          "{{title}} {{{body}}} {{#affected}} {{/x}} {{=<% %>=}}",
          "<script>alert(1)</script><b>",
          "\"'&<>`=\\",
          "\u202Edne\u202C \u2066x\u2069 \u200F",
          "שלום مرحبا",
          "👩‍🚀🏳️‍🌈🇩🇪",
          "\uD800",
          "e\u0301\u0301\u0301",
          "[x](javascript:alert(1)) ![y](http://a.example/z)",
          "# - 1. > ``` ~~~ *** ___ |",
          "x".repeat(1500),
          ".\r\n",
          "=0D=0A =?utf-8?q?x?= =",
          "From nobody\n",
          "\t ",
          "https://a.example/?q=1&r=2#f",
          "Wörter und ж");
  private static final List<Status> STATUSES = List.of(Status.values());
  private static final List<String> ZONES =
      List.of("UTC", "Asia/Kolkata", "America/New_York", "Pacific/Chatham");

  private final Renderer renderer = Updates.renderer();

  @Test
  void anyUpdateRenders() {
    for (long seed = 1; seed <= 60; seed++) {
      RandomGenerator random = random(seed);
      Update update = update(random);
      ZoneId zone = ZoneId.of(ZONES.get(random.nextInt(ZONES.size())));
      String locale = random.nextBoolean() ? "en" : "de";

      Received mail = Received.of(renderer.email(update, Updates.NAMES, locale, zone));
      assertIsOneCleanMail(mail, seed);

      PreparedSms sms = renderer.sms(update, Updates.NAMES, locale, zone);
      assertThat(sms.text()).as("seed %d", seed).endsWith(Updates.LINK);
      assertThat(sms.text()).as("seed %d", seed).doesNotContainPattern("[\\p{Cc}&&[^\\n]]");

      for (Dialect dialect : Dialect.values()) {
        byte[] json =
            renderer.webhook(dialect, List.of(update), Updates.NAMES, locale, zone).body();
        long number = seed;
        assertThatCode(() -> new ObjectMapper().readTree(json))
            .as("seed %d %s", number, dialect)
            .doesNotThrowAnyException();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x\r\nBcc: victim@example.org",
        "x\nBcc: victim@example.org",
        "x\rBcc: victim@example.org",
        "x\u0085Bcc: victim@example.org",
        "x\u2028Bcc: victim@example.org",
        "x\u0000\r\n\r\n<b>body</b>",
        "x\" <evil@example.org>, \"y"
      })
  void noValueBecomesAHeader(String hostile) throws Exception {
    Renderer branded =
        Updates.renderer(new Settings.MailFrom("status@example.com", hostile), Updates.URL);
    Update update = Updates.of(Status.IDENTIFIED, hostile, hostile);

    Received mail =
        Received.of(
            branded.email(update, Updates.NAMES, "en", ZoneId.of("UTC")),
            "a@example.org\r\nBcc: b@example.org",
            Received.TOKEN);

    assertThat(mail.headerNames()).hasSize(16).doesNotContain("Bcc");
    assertThat(mail.mime().getFrom()).hasSize(1);
    assertThat(mail.header("From")).endsWith("<status@example.com>");
  }

  @Test
  void noSenderBecomesAHeader() {
    for (String address :
        List.of("a@b.example\r\nBcc: c@d.example", "a b@c.example", "a@b.example>", "", "a,b@c")) {
      Settings.MailFrom from = new Settings.MailFrom(address, "Acme");

      assertThatThrownBy(() -> Updates.renderer(from, Updates.URL))
          .as("address <%s>", address)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  /** The links must survive quoted-printable, whatever stands before them and however long. */
  @Test
  void everySlotIsExactAndEveryLineLegal() {
    for (long seed = 1; seed <= 300; seed++) {
      RandomGenerator random = random(seed);
      URI url =
          URI.create("https://" + letters(random, 1, 60) + ".example/" + letters(random, 0, 90));
      String token = letters(random, 1, 75);
      String title = letters(random, 1, 120) + (random.nextBoolean() ? " üж€" : "");
      Update update = Updates.of(Status.IDENTIFIED, title, letters(random, 0, 200));

      Received mail =
          Received.of(
              Updates.renderer(Updates.FROM, url)
                  .email(update, Updates.NAMES, "en", ZoneId.of("UTC")),
              Received.RECIPIENT,
              token);

      String link = url.toString().replaceAll("/+$", "") + "/u/" + token;
      assertThat(mail.header("List-Unsubscribe")).as("seed %d", seed).isEqualTo("<" + link + ">");
      assertThat(mail.text().lines()).as("seed %d", seed).contains(link);
      assertThat(mail.html()).as("seed %d", seed).contains("href=\"" + link + "\"");
      assertLinesAreLegal(mail, seed);
    }
  }

  private static void assertIsOneCleanMail(Received mail, long seed) {
    assertThat(mail.headerNames()).as("seed %d", seed).hasSize(16);
    assertThat(mail.text()).as("seed %d", seed).contains("/u/" + Received.TOKEN, Updates.LINK);
    assertThat(mail.html())
        .as("seed %d", seed)
        .contains("/u/" + Received.TOKEN, Updates.LINK)
        .containsOnlyOnce("<h1 ")
        .doesNotContain("<script", "<img")
        .doesNotContainPattern("[\\p{Cc}&&[^\\r\\n\\t]]|[\\u202A-\\u202E\\u2066-\\u2069]");
    assertThat(mail.html().getBytes(StandardCharsets.UTF_8))
        .as("seed %d", seed)
        .hasSizeLessThan(60_001);
    assertLinesAreLegal(mail, seed);
  }

  private static void assertLinesAreLegal(Received mail, long seed) {
    assertThat(mail.raw()).as("seed %d", seed).doesNotContainPattern("(?<!\\r)\\n|\\r(?!\\n)");
    assertThat(mail.lines()).as("seed %d", seed).allMatch(line -> line.length() <= 998);
    int body = mail.lines().indexOf("");
    assertThat(mail.lines().subList(body, mail.lines().size()))
        .as("seed %d", seed)
        .allMatch(line -> line.length() <= 76);
  }

  private static Update update(RandomGenerator random) {
    String title = text(random, 200);
    return Updates.of(
        STATUSES.get(random.nextInt(STATUSES.size())),
        title.isBlank() ? "x" : title,
        Text.of(text(random, random.nextInt(4) == 0 ? 20_000 : 400)));
  }

  private static String text(RandomGenerator random, int longest) {
    StringBuilder text = new StringBuilder();
    while (text.length() < longest) {
      text.append(PIECES.get(random.nextInt(PIECES.size())));
    }
    return text.substring(0, longest);
  }

  private static String letters(RandomGenerator random, int shortest, int longest) {
    return IntStream.range(0, random.nextInt(shortest, longest + 1))
        .mapToObj(i ->
            Character.toString("abcdefghijklmnopqrstuvwxyz0123456789".charAt(random.nextInt(36))))
        .collect(Collectors.joining());
  }

  private static RandomGenerator random(long seed) {
    return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
  }
}
