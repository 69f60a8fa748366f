package tocsin.dispatch;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.roaringbitmap.RoaringBitmap;
import tocsin.audience.Channel;
import tocsin.audience.Dialect;
import tocsin.audience.Mailbox;
import tocsin.audience.Recipient;
import tocsin.audience.Standing;
import tocsin.audience.UpdateChoice;
import tocsin.delivery.Claim;
import tocsin.delivery.FrozenAudience;
import tocsin.incident.Impact;
import tocsin.incident.Scope;
import tocsin.incident.Status;
import tocsin.incident.Text;
import tocsin.incident.Update;
import tocsin.render.PreparedSms;

/** Text messages that are ready to go. */
final class Texts {
  private Texts() {}

  static Ready ready(Claim claim, int subscriber, Instant newsSince) {
    Update update =
        new Update(
            1,
            "down",
            "Down",
            1,
            Status.IDENTIFIED,
            Impact.MAJOR,
            Text.of("x"),
            List.of(new Scope(null, null, null)),
            null,
            null,
            true,
            Instant.EPOCH);
    Recipient recipient =
        new Recipient(
            subscriber,
            Channel.SMS,
            "+15005550006",
            "en",
            ZoneOffset.UTC,
            Standing.ACTIVE,
            List.of(),
            Dialect.NATIVE,
            UpdateChoice.LATEST,
            Mailbox.PERSONAL,
            0);
    Task task =
        new Task(
            claim,
            new FrozenAudience(1, update, Channel.SMS, 4, 500, new RoaringBitmap()),
            recipient,
            0,
            newsSince);
    PreparedSms text = new PreparedSms("x", 1);
    return new Ready(
        task, text, Demands.of(recipient, text, SenderPool.of("+15005550006")), "+15005550006");
  }
}
