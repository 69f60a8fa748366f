package tocsin.demo;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tocsin.audience.DeliveryId;
import tocsin.audience.Dialect;
import tocsin.config.Settings;
import tocsin.incident.Impact;
import tocsin.incident.Scope;
import tocsin.incident.Status;
import tocsin.incident.Text;
import tocsin.incident.Update;
import tocsin.render.MailTokens;
import tocsin.render.Names;
import tocsin.render.Renderer;
import tocsin.render.Templates;

class TellTalesTest {
  private static final Instant NOW = Instant.parse("2026-01-15T10:30:00Z");

  private final Recording recording = FoundingIncident.recording();
  private final TellTales tales = new TellTales(recording);

  @ParameterizedTest
  @CsvSource({
    "en, America/New_York",
    "en-GB, America/Denver",
    "de, Europe/Berlin",
    "de-AT, America/Chicago"
  })
  void everyUpdateIsRecognisedInWhateverFormItIsSent(String locale, String zone) throws Exception {
    Renderer renderer =
        new Renderer(
            Templates.load(null),
            new Settings.MailFrom("status@example.com", "Acme Status"),
            URI.create("http://127.0.0.1:8080"));
    ZoneId at = ZoneId.of(zone);
    for (int sequence = 1; sequence <= recording.steps().size(); sequence++) {
      Telling telling = new Telling(sequence, locale.substring(0, 2));
      Update update = update(sequence);

      byte[] mail =
          renderer
              .email(update, Names.NONE, locale, at)
              .patched(
                  "ana@example.com", new DeliveryId(1, 2), new MailTokens("token", "token"), NOW)
              .toByteArray();
      Content.Mail read =
          Mailbox.read(
              new MimeMessage(
                  Session.getInstance(new Properties()), new ByteArrayInputStream(mail)));
      assertThat(tales.of(read.words())).as("mail").isEqualTo(telling);

      String sms = renderer.sms(update, Names.NONE, locale, at).text();
      assertThat(tales.of(sms)).as("SMS: %s", sms).isEqualTo(telling);

      byte[] body =
          renderer.webhook(Dialect.NATIVE, List.of(update), Names.NONE, locale, at).body();
      Content.Event event = new Content.Event("", "", new String(body, StandardCharsets.UTF_8));
      assertThat(tales.of(event.words())).as("webhook").isEqualTo(telling);
    }
  }

  @Test
  void otherWordsAreNotRecognised() {
    assertThat(tales.of("Some customers cannot connect")).isNull();
  }

  private Update update(int sequence) {
    var json = recording.steps().get(sequence - 1).update();
    Map<String, String> words =
        json.getJsonObject("body").stream()
            .collect(Collectors.toMap(Map.Entry::getKey, entry -> (String) entry.getValue()));
    return new Update(
        sequence,
        "na-connectivity",
        recording.title(),
        sequence,
        Status.of(json.getString("status")).orElseThrow(),
        Impact.of(json.getString("impact")).orElseThrow(),
        new Text(words),
        List.of(new Scope("web", "north-america", "na-2")),
        null,
        null,
        true,
        NOW);
  }
}
