package tocsin.feedback;

import io.vertx.core.Future;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.subethamail.smtp.DropConnectionException;
import org.subethamail.smtp.MessageHandler;
import org.subethamail.smtp.RejectException;
import tocsin.store.Answer;

/**
 * One mail that comes in. It is read as far as reports are long, and accepted when what follows
 * from it is on record.
 */
final class BounceMail implements MessageHandler {
  /** What is announced to senders. */
  static final int LARGEST = 10 << 20;

  private static final Logger log = LoggerFactory.getLogger(BounceMail.class);
  private static final int LONGEST_READ = 1 << 20;
  private static final Duration LONGEST_TRANSFER = Duration.ofMinutes(5);
  private static final Duration LONGEST_WRITE = Duration.ofSeconds(20);

  private final MailHearing hearing;
  private final InstantSource clock;
  private final List<Addressee> addressees = new ArrayList<>();
  private String sender = "";

  BounceMail(MailHearing hearing, InstantSource clock) {
    this.hearing = hearing;
    this.clock = clock;
  }

  @Override
  public void from(@Nullable String from) {
    sender = from == null ? "" : from;
  }

  @Override
  public void recipient(String address) throws RejectException {
    addressees.add(
        hearing
            .addressee(address)
            .orElseThrow(() -> new RejectException(550, "5.1.1 no such mailbox here")));
  }

  @Override
  public String data(InputStream stream) throws RejectException, IOException {
    byte[] octets = read(stream);
    try {
      List<Future<Void>> written =
          addressees.stream().map(to -> hearing.heard(to, sender, octets)).toList();
      Answer.of(Future.join(written), LONGEST_WRITE);
      return "2.0.0 noted";
    } catch (RuntimeException e) {
      log.warn("mail.not_noted later=true", e);
      throw new RejectException(451, "4.3.0 cannot be noted now");
    }
  }

  @Override
  public void done() {}

  private byte[] read(InputStream stream) throws RejectException, IOException {
    Instant end = clock.instant().plus(LONGEST_TRANSFER);
    byte[] octets = stream.readNBytes(LONGEST_READ);
    byte[] rest = new byte[8_192];
    long size = octets.length;
    for (int n = stream.read(rest); n >= 0; n = stream.read(rest)) {
      size += n;
      if (size > LARGEST) {
        throw new DropConnectionException(552, "5.3.4 too big");
      }
      if (clock.instant().isAfter(end)) {
        throw new DropConnectionException(421, "4.4.2 too slow");
      }
    }
    return octets;
  }
}
