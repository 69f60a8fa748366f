package tocsin.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tocsin.audience.Channel;
import tocsin.audience.LinkTokens;
import tocsin.audience.ReturnPath;
import tocsin.channel.Channels;
import tocsin.channel.Message;
import tocsin.channel.Outcome;
import tocsin.channel.Reason;
import tocsin.channel.Sender;
import tocsin.channel.Unconfigured;
import tocsin.delivery.Claim;
import tocsin.delivery.Settlement;
import tocsin.selfservice.WaysBack;

class CourierTest {
  private static final Instant NOW = Instant.parse("2026-01-15T10:30:00Z");

  private final List<Message.Sms> sent = new ArrayList<>();
  private final Courier courier =
      new Courier(
          new Channels(
              new Unconfigured<>("email"), new Noting(sent), new Unconfigured<>("webhook")),
          new WaysBack(new LinkTokens(new byte[32]), ReturnPath.fixed("status@example.com")),
          new RetryPolicy(List.of(Duration.ofMinutes(1)), Duration.ofHours(24)),
          new Time(() -> NOW, () -> 0),
          new Random(7));

  private record Noting(List<Message.Sms> sent) implements Sender<Message.Sms> {
    @Override
    public Future<Outcome> send(Message.Sms message) {
      sent.add(message);
      return Future.succeededFuture(new Outcome.Sent(""));
    }

    @Override
    public void close() {
      // holds nothing
    }
  }

  private Settlement settled(Duration age) {
    Ready ready = Texts.ready(new Claim.OfChunk(1, 0, 1), 1, NOW.minus(age));
    Host host = new Host(HostRules.of(Channel.SMS, 4), 0);
    return courier.deliver(new Turn(ready, host, false)).result();
  }

  @ParameterizedTest
  @CsvSource({
    "PT0S, PT10H",
    "PT13H59M, PT10H",
    "PT23H, PT1H",
    "PT23H59M50.5S, PT9S",
    "PT23H59M58S, PT5S",
    "PT24H, PT5S"
  })
  void aTextIsKeptTryingNoLongerThanItIsNews(Duration age, Duration validity) {
    settled(age);

    assertThat(sent).singleElement().extracting(Message.Sms::validity).isEqualTo(validity);
  }

  @Test
  void whatIsNoNewsAnyMoreIsNotSent() {
    assertThat(settled(Duration.ofHours(24).plusSeconds(1)).reason()).isEqualTo(Reason.EXPIRED);
    assertThat(sent).isEmpty();
  }
}
