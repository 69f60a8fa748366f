package tocsin.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
  private static final String SID = "AC" + "0".repeat(32);

  @TempDir private Path folder;

  @Test
  void nothingNeedsToBeSet() throws SettingsException {
    Settings settings = Settings.load(null, Map.of());

    assertThat(settings.http()).isEqualTo(new Settings.Http("0.0.0.0", 8080, List.of(), null));
    assertThat(settings.management()).isEqualTo(new Settings.Management("0.0.0.0", 9090));
    assertThat(settings.publicUrl()).isEqualTo(URI.create("http://localhost:8080"));
    assertThat(settings.databaseUrl()).isNull();
    assertThat(settings.smtp().host()).isNull();
    assertThat(settings.smtp().tls()).isEqualTo(Settings.SmtpTls.REQUIRED);
    assertThat(settings.twilio().accountSid()).isNull();
    assertThat(settings.webhooks().allow()).isEmpty();
  }

  @Test
  void theEnvironmentWinsOverTheFile() throws Exception {
    Path file = file("smtp.host=from-file\nmail.from=Straße <a@example.com>\nhttp.port=81\n");

    Settings settings = Settings.load(file, Map.of("TOCSIN_SMTP_HOST", "from-environment"));

    assertThat(settings.smtp().host()).isEqualTo("from-environment");
    assertThat(settings.http().port()).isEqualTo(81);
    assertThat(settings.mail().from()).isEqualTo(new Settings.MailFrom("a@example.com", "Straße"));
  }

  @Test
  void healthIsWatchedWhereRequestsComeInUnlessItHasAnAddressOfItsOwn() throws Exception {
    Map<String, String> requests = Map.of("TOCSIN_HTTP_HOST", "10.0.0.7");

    assertThat(Settings.load(null, requests).management().host()).isEqualTo("10.0.0.7");
    assertThat(Settings.load(file("management.host=127.0.0.1\n"), requests).management().host())
        .isEqualTo("127.0.0.1");
  }

  @Test
  void anEmptyVariableLeavesTheFilesValue() throws Exception {
    Settings settings =
        Settings.load(
            file("http.port=81\n"), Map.of("TOCSIN_HTTP_PORT", " ", "TOCSIN_ADMIN_KEY", ""));

    assertThat(settings.http().port()).isEqualTo(81);
    assertThat(settings.adminKey()).isNull();
  }

  @Test
  void thePublicUrlFollowsTheHttpPort() throws SettingsException {
    Settings settings = Settings.load(null, Map.of("TOCSIN_HTTP_PORT", "8181"));

    assertThat(settings.publicUrl()).isEqualTo(URI.create("http://localhost:8181"));
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "-, https://status.example.com, status.example.com",
        "-, https://status.example.com:8443/tocsin, status.example.com",
        "-, http://localhost:8080, mail.example.com",
        "-, http://tocsin:8080, mail.example.com",
        "-, http://192.0.2.7, mail.example.com",
        "-, 'http://[2001:db8::7]', mail.example.com",
        "Out.Example.com, https://status.example.com, out.example.com"
      })
  void theMailServerHearsAHostName(String name, String publicUrl, String heard)
      throws SettingsException {
    var environment = new HashMap<String, String>();
    environment.put("TOCSIN_MAIL_FROM", "a@mail.example.com");
    environment.put("TOCSIN_PUBLIC_URL", publicUrl);
    if (name != null) {
      environment.put("TOCSIN_SMTP_NAME", name);
    }

    assertThat(Settings.load(null, environment).mailName()).isEqualTo(heard);
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "192.0.2.7", "a b.example.com", "x_y.example.com", "."})
  void aHostNameHasADomain(String name) {
    assertThat(problems(null, Map.of("TOCSIN_SMTP_NAME", name)))
        .extracting(SettingsProblem::key)
        .containsExactly("smtp.name");
  }

  @Test
  void thePublicUrlIsShortEnoughForATextMessage() throws SettingsException {
    String longest = "https://" + "s".repeat(50) + ".example.com/" + "p".repeat(29);

    assertThat(Settings.load(null, Map.of("TOCSIN_PUBLIC_URL", longest)).publicUrl())
        .hasToString(longest);
    assertThat(problems(null, Map.of("TOCSIN_PUBLIC_URL", longest + "p")))
        .extracting(SettingsProblem::detail)
        .containsExactly(
            '"'
                + longest
                + "p\": expected at most 100 characters, as links in text messages begin with it");
  }

  @Test
  void aMailboxForLeavingHasRoomForATag() throws SettingsException {
    String longest = "l".repeat(31) + "@example.com";

    assertThat(Settings.load(null, Map.of("TOCSIN_MAIL_UNSUBSCRIBE", longest)).mail().unsubscribe())
        .isEqualTo(longest);
    assertThat(problems(null, Map.of("TOCSIN_MAIL_UNSUBSCRIBE", "l" + longest)))
        .extracting(SettingsProblem::key)
        .containsExactly("mail.unsubscribe");
  }

  @Test
  void aSecretIsReadFromTheFileThatItsVariableNames() throws Exception {
    Path secret = Files.writeString(folder.resolve("key"), "0123456789abcdef\n");

    Settings settings = Settings.load(null, Map.of("TOCSIN_ADMIN_KEY_FILE", secret.toString()));

    assertThat(settings.adminKey()).isEqualTo(new Secret("0123456789abcdef"));
  }

  @Test
  void everyProblemIsToldAtOnce() throws IOException {
    Path file = file("smtp.prot=1\nhttp.port=high\nhttp.port=90\nwebhook.allow=10.0.0.0/33\n");
    Map<String, String> environment =
        Map.of(
            "TOCSIN_SMTP_PORT", "0",
            "TOCSIN_SMTP_HOTS", "x",
            "TOCSIN_PUBLIC_URL", "localhost",
            "TOCSIN_TWILIO_ACCOUNT_SID", SID,
            "TOCSIN_SMTP_USERNAME", "tocsin",
            "TOCSIN_LINK_KEY_FILE", folder.resolve("absent").toString(),
            "TOCSIN_HTTP_HOST_FILE", "x");

    assertThat(problems(file, environment))
        .extracting(SettingsProblem::toString)
        .containsExactlyInAnyOrder(
            "http.port (" + file + "): written twice; keep one",
            "smtp.prot (" + file + "): unknown key; did you mean smtp.port?",
            "TOCSIN_SMTP_HOTS (environment): unknown variable; did you mean TOCSIN_SMTP_HOST?",
            "TOCSIN_HTTP_HOST_FILE (environment): only secrets are read from files; set"
                + " TOCSIN_HTTP_HOST",
            "TOCSIN_LINK_KEY_FILE (environment): the file "
                + folder.resolve("absent")
                + " cannot be read (NoSuchFileException)",
            "smtp.port (environment TOCSIN_SMTP_PORT): \"0\": expected a number, 1 to 65535",
            "public.url (environment TOCSIN_PUBLIC_URL): \"localhost\": expected http(s)://host, with"
                + " a port or a path at most",
            "webhook.allow ("
                + file
                + "): \"10.0.0.0/33\": expected hosts, addresses or CIDR blocks as in 10.1.0.0/16,"
                + " not \"10.0.0.0/33\"",
            "smtp.password (not set): this or smtp.token.path is needed with smtp.username",
            "twilio.auth.token (not set): needed with twilio.account.sid",
            "twilio.from (not set): this or twilio.messaging.service is needed with"
                + " twilio.account.sid");
  }

  @Test
  void theMessageHoldsEveryProblem() {
    assertThatThrownBy(
            () -> Settings.load(null, Map.of("TOCSIN_HTTP_PORT", "x", "TOCSIN_SMTP_HOST", "y")))
        .isInstanceOf(SettingsException.class)
        .hasMessage(
            """
            2 problems with the settings:
              http.port (environment TOCSIN_HTTP_PORT): "x": expected a number, 0 to 65535
              mail.from (not set): needed with smtp.host\
            """);
  }

  @ParameterizedTest
  @CsvSource({
    "TOCSIN_ADMIN_KEY, hunter2",
    "TOCSIN_LINK_KEY, hunter2",
    "TOCSIN_DATABASE_URL, postgresql://me:hunter2@:99/db",
    "TOCSIN_DATABASE_URL, postgresql://me:hunter2@host:99999/db",
    "TOCSIN_DATABASE_URL, postgresql://me:hunter2@host/db?sslmode=hunter2",
    "TOCSIN_DATABASE_URL, postgresql://me:hunter2@host/db?hunter2=1",
    "TOCSIN_DATABASE_URL, postgresql://me:%zzhunter2@host/db",
    "TOCSIN_DATABASE_URL, hunter2",
    "TOCSIN_SMTP_PASSWORD, hunter2",
    "TOCSIN_TWILIO_AUTH_TOKEN, hunter2",
    "TOCSIN_ADMIN_KYE, hunter2"
  })
  void noProblemEverShowsASecret(String variable, String value) {
    SettingsException refused =
        catchThrowableOfType(
            SettingsException.class, () -> Settings.load(null, Map.of(variable, value)));

    assertThat(refused).hasStackTraceContaining("problem").message().doesNotContain("hunter2");
    for (Throwable cause = refused; cause != null; cause = cause.getCause()) {
      assertThat(cause.toString()).doesNotContain("hunter2");
    }
  }

  @Test
  void aSecretSetTwiceIsAProblem() throws IOException {
    Path secret = Files.writeString(folder.resolve("key"), "0123456789abcdef");

    assertThat(
            problems(
                null,
                Map.of(
                    "TOCSIN_ADMIN_KEY",
                    "fedcba9876543210",
                    "TOCSIN_ADMIN_KEY_FILE",
                    secret.toString())))
        .extracting(SettingsProblem::key, SettingsProblem::detail)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(
                "TOCSIN_ADMIN_KEY_FILE", "TOCSIN_ADMIN_KEY is set as well; keep one"));
  }

  @Test
  void oneSenderOfSmsIsEnoughAndTwoAreTooMany() throws SettingsException {
    var environment = new HashMap<String, String>();
    environment.put("TOCSIN_TWILIO_ACCOUNT_SID", SID);
    environment.put("TOCSIN_TWILIO_AUTH_TOKEN", "token");
    environment.put("TOCSIN_TWILIO_FROM", "+15005550006");
    assertThat(Settings.load(null, environment).twilio().from()).containsExactly("+15005550006");

    environment.put("TOCSIN_TWILIO_MESSAGING_SERVICE", "MG" + "0".repeat(32));
    assertThat(problems(null, environment))
        .extracting(SettingsProblem::key)
        .containsExactly("twilio.from");
  }

  @ParameterizedTest
  @ValueSource(strings = {"abc", "-0.1", "1.1", "NaN", "1e-3", "0.", ".5"})
  void aShareIsFromZeroToOne(String share) {
    assertThat(problems(null, Map.of("TOCSIN_TRACE_RECIPIENTS", share)))
        .extracting(SettingsProblem::detail)
        .containsExactly("\"" + share + "\": expected a number from 0 to 1, such as 0.01");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "0.25", "1", "1.0"})
  void aShareMayBeNothingOrAll(String share) throws SettingsException {
    assertThat(Settings.load(null, Map.of("TOCSIN_TRACE_RECIPIENTS", share)).trace().recipients())
        .isEqualTo(Double.parseDouble(share));
  }

  @Test
  void theTwoPortsMustDiffer() {
    assertThat(problems(null, Map.of("TOCSIN_MANAGEMENT_PORT", "8080")))
        .extracting(SettingsProblem::key)
        .containsExactly("management.port");
  }

  @Test
  void whatKubernetesSetsBesideAServiceNamedTocsinIsNoSetting() throws SettingsException {
    Map<String, String> links =
        Map.of(
            "TOCSIN_SERVICE_HOST", "10.0.0.1",
            "TOCSIN_SERVICE_PORT_HTTP", "8080",
            "TOCSIN_PORT", "tcp://10.0.0.1:8080",
            "TOCSIN_PORT_8080_TCP_ADDR", "10.0.0.1",
            "TOCSIN_HTTP_PORT", "tcp://10.0.0.1:8080");

    assertThat(Settings.load(null, links).http().port()).isEqualTo(8080);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"127.0.0.1", "10.0.0.0/8", "::1", "fd00::/8", "hooks.internal", "localhost"})
  void hostsAddressesAndBlocksMayBeAllowed(String entry) throws SettingsException {
    Settings settings =
        Settings.load(null, Map.of("TOCSIN_WEBHOOK_ALLOW", "example.com, " + entry));

    assertThat(settings.webhooks().allow()).containsExactly("example.com", entry);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"10.0.0", "256.0.0.1", "10.0.0.0/33", "fd00::/129", "host/8", "a_*", "http://a"})
  void whatIsNeitherHostNorAddressNorBlockIsAProblem(String entry) {
    assertThat(problems(null, Map.of("TOCSIN_WEBHOOK_ALLOW", entry)))
        .extracting(SettingsProblem::key)
        .containsExactly("webhook.allow");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a",
        "a@b@c",
        "A <a@example.com",
        "a@example.com>",
        "jörg@example.com",
        "a,b@example.com",
        "\"A\r\nBcc: b\" <a@example.com>"
      })
  void aSenderThatIsNoAddressIsAProblem(String from) {
    assertThat(problems(null, Map.of("TOCSIN_MAIL_FROM", from)))
        .extracting(SettingsProblem::key)
        .containsExactly("mail.from");
  }

  @Test
  void effectiveValuesNameTheirOriginAndMaskSecrets() throws IOException {
    Path file = file("smtp.host=mail.example.com\nsmtp.password=hunter2\n");

    List<EffectiveSetting> effective =
        EffectiveSetting.list(file, Map.of("TOCSIN_HTTP_PORT", "81"));

    assertThat(effective)
        .hasSize(Key.values().length)
        .contains(
            new EffectiveSetting(Key.SMTP_HOST, "mail.example.com", file.toString()),
            new EffectiveSetting(Key.SMTP_PASSWORD, "***", file.toString()),
            new EffectiveSetting(Key.HTTP_PORT, "81", "environment TOCSIN_HTTP_PORT"),
            new EffectiveSetting(Key.SMTP_PORT, "587", "default"),
            new EffectiveSetting(Key.ADMIN_KEY, "", "default"));
  }

  private Path file(String content) throws IOException {
    return Files.writeString(folder.resolve("tocsin.properties"), content);
  }

  private static List<SettingsProblem> problems(
      @org.jspecify.annotations.Nullable Path file, Map<String, String> environment) {
    return catchThrowableOfType(SettingsException.class, () -> Settings.load(file, environment))
        .problems();
  }
}
