package tocsin.demo;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tocsin.audience.Channel;
import tocsin.delivery.Account;

/** What the demo prints: a line that programs read per fact, and a few that people read. */
final class Programme {
  private static final int MOST_DIFFERENCES = 20;
  private static final DateTimeFormatter POSTED =
      DateTimeFormatter.ofPattern("EEE d MMM HH:mm", Locale.ENGLISH);

  private final PrintStream out;

  Programme(PrintStream out) {
    this.out = out;
  }

  void begins(DemoWorld world) {
    out.printf(
        "%nA customer base of %,d subscribers of %,d customers in %d regions joins the gateway...%n",
        world.subscribers().size(), world.customers().size(), world.regions().size());
  }

  void told(Played update) {
    Reckoning reckoning = update.reckoning();
    out.printf(
        "%nupdate %d of %s, %s: %,d told, the first after %s, the last after %s%n",
        update.sequence(),
        original(update.posted()),
        update.step().update().getString("status"),
        reckoning.sent(),
        since(reckoning, reckoning.firstSentAt()),
        since(reckoning, reckoning.lastSentAt()));
    for (Channel channel : Channel.values()) {
      Account account = reckoning.on(channel);
      out.printf(
          Locale.ROOT,
          "account update=%d channel=%s audience=%d sent=%d failed=%d suppressed=%d withdrawn=%d"
              + " superseded=%d pending=%d%n",
          update.sequence(),
          channel.word(),
          account.audience(),
          account.sent(),
          account.failed(),
          account.suppressed(),
          account.withdrawn(),
          account.superseded(),
          account.pending());
    }
  }

  /**
   * @param received messages by home region of whoever received them
   */
  void received(Set<String> regions, Map<String, Long> received) {
    out.println();
    regions.stream()
        .sorted()
        .forEach(region ->
            out.printf(
                Locale.ROOT,
                "received region=%s messages=%d%n",
                region,
                received.getOrDefault(region, 0L)));
  }

  void ends(Verdict verdict, int messages, Duration took) {
    verdict.differences().stream().limit(MOST_DIFFERENCES).forEach(out::println);
    int more = verdict.differences().size() - MOST_DIFFERENCES;
    if (more > 0) {
      out.println("and " + more + " more");
    }
    out.printf(
        Locale.ROOT,
        "demo result=%s messages=%d expected=%d differences=%d took=%s%n",
        verdict.isOk() ? "ok" : "failed",
        messages,
        verdict.expected(),
        verdict.differences().size(),
        took.truncatedTo(ChronoUnit.MILLIS));
  }

  void fails(String why) {
    out.println("demo result=failed reason=\"" + why + "\"");
  }

  private static String original(@Nullable OffsetDateTime posted) {
    return posted == null ? "an unknown time" : POSTED.format(posted);
  }

  private static String since(Reckoning reckoning, @Nullable Instant sent) {
    return sent == null
        ? "never"
        : Duration.between(reckoning.acceptedAt(), sent).toMillis() + " ms";
  }
}
